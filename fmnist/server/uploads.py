"""How much of what people upload is held: files and bytes of a visit, and of all together.

Streamlit holds in memory whatever is put at the address of a visit, whether or not a page asked for
it and under whatever number, until the visit is over.
"""

from collections import defaultdict

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from fmnist.limits import MB, limits
from fmnist.server.refusal import refuse

_PATH = "/_stcore/upload_file/"
# What a browser puts around a file.
_FORM = 4096  # bytes


class UploadCap:
    """ASGI middleware that refuses an upload which would be more than ``limits()`` allow."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Bytes of each upload that is on its way, by visit.
        self._coming: defaultdict[str, list[int]] = defaultdict(list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse an upload."""
        if scope["type"] != "http" or scope["method"] != "PUT" or _PATH not in scope["path"]:
            return await self._app(scope, receive, send)
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdecimal():
            return await refuse(scope, receive, send, 411, "An upload says how long it is.")
        visit, size = scope["path"].partition(_PATH)[2].partition("/")[0], int(length)
        if problem := self._problem(visit, size):
            return await refuse(scope, receive, send, 413, problem)
        self._coming[visit].append(size)
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[visit].remove(size)
            if not self._coming[visit]:
                del self._coming[visit]

    def _problem(self, visit: str, size: int) -> str:
        """Say why an upload of so many bytes is too much; empty if it is not."""
        most, held = limits(), _held()
        mine = [*held.get(visit, ()), *self._coming.get(visit, ())]
        everyone = sum(map(sum, held.values())) + sum(map(sum, self._coming.values()))
        if size > most.file * MB + _FORM:
            return f"A file may have {most.file} MB."
        if len(mine) >= most.files:
            return f"{most.files} files are held for you already."
        if sum(mine) + size > most.visit * MB + _FORM:
            return f"{most.visit} MB are held for you at a time."
        if everyone + size > most.everyone * MB:
            return "Too much is being uploaded at the moment. Try again in a minute."
        return ""


def _held() -> dict[str, list[int]]:
    """Return the bytes of each file that Streamlit holds, by visit."""
    manager = runtime.get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return {
        visit: [len(file.data) for file in list(files.values())]
        for visit, files in list(manager.file_storage.items())
    }
