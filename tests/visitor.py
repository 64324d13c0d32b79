"""A visitor without a browser: the websocket and the messages by which a browser uses the app."""

import urllib.request
from contextlib import ExitStack
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

_PATIENCE = 120  # seconds
_OVER = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)
_XSRF = "_streamlit_xsrf"


class Visitor:
    """A visit to the app, open until ``close``.

    Args:
        url: of the server, without a slash at the end.
        origin: of the page that opens the websocket; None for a program.

    Attributes:
        session: the visit's number, once the app has run.
        elements: what the app has drawn in its last run, kinds and elements.
        pages: the ``page_script_hash`` of each page, by its address; "" is that of the first.
    """

    def __init__(self, url: str, origin: str | None = None) -> None:
        self.session, self._page = "", ""
        self.elements: list[tuple[str, Any]] = []
        self.pages: dict[str, str] = {}
        self._widgets: dict[str, WidgetState] = {}
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=_PATIENCE) as response:
            cookies = response.headers.get_all("Set-Cookie")
        self.xsrf = next(c for c in cookies if c.startswith(_XSRF)).split("=", 1)[1].split(";")[0]
        self._stack = ExitStack()
        self._socket = self._stack.enter_context(
            connect(
                f"ws://{urlsplit(url).netloc}/_stcore/stream",
                origin=origin,  # type: ignore[arg-type]
                subprotocols=["streamlit", self.xsrf],  # type: ignore[list-item]
                additional_headers={"Cookie": f"{_XSRF}={self.xsrf}"},
                max_size=None,
                open_timeout=_PATIENCE,
            )
        )

    def send(self, message: BackMsg) -> None:
        """Send a message as it is."""
        self._socket.send(message.SerializeToString())

    def open(self, page: str = "", query: str = "") -> None:
        """Open a page by its address, and wait until it is drawn."""
        if page != self._page:
            self._page, self._widgets = page, {}
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = self.pages.get(page, "")
        message.rerun_script.widget_states.widgets.extend(self._widgets.values())
        self.send(message)
        self._wait()

    def set(self, widget: str, **value: Any) -> None:
        """Set a widget by its id, ``int_value=7`` say, and wait until the app has answered."""
        self._widgets[widget] = WidgetState(id=widget, **value)
        self.open(self._page)
        if "trigger_value" in value:  # a click is over with its run
            del self._widgets[widget]

    def widget(self, kind: str, label: str) -> str:
        """Return the id of a widget by its kind, ``number_input`` say, and its label."""
        return next(
            str(element.id)
            for found, element in self.elements
            if found == kind and element.label == label
        )

    def headers(self) -> dict[str, str]:
        """Return what an upload of this visit says of itself."""
        return {"X-Xsrftoken": self.xsrf, "Cookie": f"{_XSRF}={self.xsrf}"}

    def close(self) -> None:
        """End the visit."""
        self._stack.close()

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _wait(self) -> None:
        """Read until the script has ended; one that begins anew has been overtaken."""
        while True:
            message = ForwardMsg.FromString(bytes(self._socket.recv(_PATIENCE)))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
                self.elements = []
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                what = element.WhichOneof("type")
                if what:
                    self.elements.append((what, getattr(element, what)))
                if what == "pagination":  # whose value a browser always sends
                    where = element.pagination
                    number = where.value if where.set_value else where.default
                    if where.set_value or where.id not in self._widgets:
                        self._widgets[where.id] = WidgetState(id=where.id, int_value=number)
            elif kind == "navigation":
                pages = message.navigation.app_pages
                self.pages = {page.url_pathname: page.page_script_hash for page in pages}
            elif kind == "script_finished" and message.script_finished in _OVER:
                return
