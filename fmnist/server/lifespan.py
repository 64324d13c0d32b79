"""What the server does as it starts."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from streamlit import App, cli_util, config
from streamlit.web.server.server_util import get_display_address, get_url

from fmnist.server.health import answer
from fmnist.settings import runs_folder
from fmnist.training.dispatcher import dispatch


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[None]:
    """Let runs that wait go on, and load the model that the first visitor meets meanwhile."""
    dispatch(runs_folder())
    threading.Thread(target=_warm_up, daemon=True).start()
    if not config.get_option("server.headless"):
        # As Streamlit does it for an app without a server of its own.
        address = config.get_option("server.address") or "localhost"
        cli_util.open_browser(get_url(get_display_address(address)))
    yield


def _warm_up() -> None:
    with suppress(Exception):  # which the page, or the health check, tells whoever asks
        answer()
