"""What Streamlit offers to developers, closed to everybody who can reach the server."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from fmnist.server.refusal import refuse

# Each of the others is for developers: clear_cache empties everybody's, load_git_info tells what
# the server was made from.
_ALLOWED = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", None}
_ALLOWED.add("backend_operation_request")


class Closed:
    """ASGI middleware that hides the metrics, and drops messages that an app does not need."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; pass a websocket's messages on, or drop them."""

        async def receive_allowed() -> Message:
            while True:
                message = await receive()
                if is_allowed(message):
                    return message

        if scope["type"] == "http" and scope["path"].rstrip("/").endswith("/_stcore/metrics"):
            return await refuse(scope, receive, send, 404, "Not found.")
        await self._app(scope, receive_allowed if scope["type"] == "websocket" else receive, send)


def is_allowed(message: Message) -> bool:
    """Tell whether a message of a websocket is one of those that a visit consists of."""
    try:
        return BackMsg.FromString(message.get("bytes") or b"").WhichOneof("type") in _ALLOWED
    except ValueError:
        return True  # which Streamlit refuses
