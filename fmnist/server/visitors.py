"""The cookie by which a visitor is known again."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fmnist.settings import has_visitors
from fmnist.visitors import COOKIE, SECONDS, new_visitor, sign, visitor_of


class VisitorCookie:
    """ASGI middleware that gives each browser a visitor's cookie, where people have their own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the cookie to what a browser asks for first."""
        if scope["type"] != "http" or not has_visitors():
            return await self._app(scope, receive, send)
        known = visitor_of(HTTPConnection(scope).cookies.get(COOKIE, ""))

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _comes_first(scope, message):
                attributes = f"Path=/; Max-Age={SECONDS}; HttpOnly; SameSite=Lax"
                if scope["scheme"] == "https":
                    attributes += "; Secure"
                cookie = f"{COOKIE}={sign(known or new_visitor())}; {attributes}"
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _comes_first(scope: Scope, message: Message) -> bool:
    """Tell whether a response is the page or what it asks before its websocket; no cache has it."""
    page = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
    return page or scope["path"].endswith("/_stcore/health")
