"""How a request is refused: in a sentence, or by not opening a websocket."""

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    """Answer with an HTTP status and a sentence; a websocket is closed before it is opened."""
    if scope["type"] == "websocket":
        await WebSocketClose(reason=why)(scope, receive, send)
    else:
        await PlainTextResponse(why, status)(scope, receive, send)
