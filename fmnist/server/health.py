"""Health that means "can answer": a model is loaded, and has just predicted an image."""

import asyncio
import logging

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

_PATIENCE = 10  # seconds


def answer() -> None:
    """Let the model that answers by default predict an image of nothing.

    Raises:
        LookupError: if there is no model that can be used.
        ModelError: if it cannot be loaded.
    """
    # Here, so that the server listens before they are loaded.
    import numpy as np

    from fmnist.models import preferred
    from fmnist.ui.cache import model_entries, ready_model

    usable = [entry.name for entry in model_entries() if entry.selectable]
    if not usable:
        raise LookupError("no model can be used")
    ready_model(preferred(usable)).classifier.predict_proba(np.zeros((1, 28, 28), np.uint8))


async def health(request: Request) -> PlainTextResponse:
    """Answer 200 if a person would get an answer, 503 otherwise; the log says why."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await anyio.to_thread.run_sync(answer, abandon_on_cancel=True)
    except Exception:
        logging.getLogger(__name__).exception("The server cannot answer")
        return PlainTextResponse("cannot answer", 503)
    return PlainTextResponse("ok")


HEALTH = Route("/health", health)
