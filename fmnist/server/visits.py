"""How many visits may be open at a time: each takes memory, and a share of the processor."""

from starlette.types import ASGIApp, Receive, Scope, Send

from fmnist.limits import limits
from fmnist.server.refusal import refuse


class VisitCap:
    """ASGI middleware that counts open websockets, a visit each, and refuses one too many."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._open = app, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse a visit."""
        if scope["type"] != "websocket":
            return await self._app(scope, receive, send)
        if self._open >= limits().visits:
            return await refuse(scope, receive, send, 503, "Too many people are here.")
        self._open += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open -= 1
