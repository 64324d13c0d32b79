"""The host that a request names, and the page that it comes from.

A page elsewhere can let its own name point to this computer (DNS rebinding), and is then, for the
browser, the same site as we. Such a request names that page's host, which is a name and not ours.
"""

import ipaddress
import socket
from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.server_util import is_allowed_origin

from fmnist.server.refusal import refuse
from fmnist.settings import is_public

_SAFE = ("GET", "HEAD", "OPTIONS")


class HostCheck:
    """ASGI middleware that refuses requests to another host, and what other sites' pages send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] in ("http", "websocket"):
            headers = Headers(scope=scope)
            if not is_our_host(headers.get("host", "")):
                why = "This server does not go by that name. Start it with --server.allowedHosts."
                return await refuse(scope, receive, send, 421, why)
            if scope.get("method") not in _SAFE and not is_our_page(headers):
                return await refuse(scope, receive, send, 403, "That is another site's page.")
        await self._app(scope, receive, send)


def is_our_host(host: str) -> bool:
    """Tell whether a Host header, with or without a port, names this server.

    Addresses in numbers do, for they are nobody's to point elsewhere, this computer's name, and
    those of ``server.allowedHosts``. In public any does, unless that says otherwise: whoever lets a
    name point to a server that all can reach gains nothing.
    """
    name = (urlsplit(f"//{host}").hostname or "").rstrip(".") if _parses(host) else ""
    allowed = [
        each.strip().lower().rstrip(".") for each in config.get_option("server.allowedHosts")
    ]
    if any(_matches(name, pattern) for pattern in allowed):
        return True
    if is_public() and not allowed:
        return True
    return name in _own_names() or name.endswith(".localhost") or _is_address(name)


def is_our_page(headers: Headers) -> bool:
    """Tell whether what the headers say of the page comes from this server, or say nothing.

    Streamlit asks as well, but lets in every page of ``localhost``, and to know this computer's
    address it asks another server, for which everybody waits.
    """
    origin = headers.get("origin")
    if origin is None or not config.get_option("server.enableCORS") or is_allowed_origin(origin):
        return True
    # A proxy says for which host it stands; no page can say that.
    ours = (headers.get("host"), headers.get("x-forwarded-host"))
    return _parses(origin) and urlsplit(origin).netloc.lower() in {h.lower() for h in ours if h}


def _parses(address: str) -> bool:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        return parts.port is None or parts.port >= 0
    except ValueError:
        return False


def _matches(name: str, pattern: str) -> bool:
    return pattern == "*" or name == pattern or (pattern[:2] == "*." and name.endswith(pattern[1:]))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _own_names() -> set[str]:
    name = socket.gethostname().lower()
    return {"localhost", name, f"{name.partition('.')[0]}.local"}
