"""Security headers: what a page of ours may load, who may frame it, and what it gives away."""

import base64
import hashlib
import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util


def _inline_scripts() -> str:
    """Name the scripts that stand in Streamlit's own page, by their SHA-256."""
    page = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    scripts = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


_ALLOWED = {
    "default-src": "'self'",
    # Streamlit makes modules of components from text, and Vega compiles expressions.
    "script-src": f"'self' 'unsafe-eval' blob: {_inline_scripts()}",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit styles every element where it stands
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    # A host such as the community cloud shows the app in a frame of the same origin.
    "frame-ancestors": "'self'",
}

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in _ALLOWED.items()),
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    # Links hold drawings and choices, which are nobody else's business.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """ASGI middleware that adds ``HEADERS`` to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers on the way back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)
