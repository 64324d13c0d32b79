"""``python -m fmnist app``: open the app."""

import os
import sys

import typer

from fmnist import settings


def app(context: typer.Context) -> None:
    """Open the app in the browser; further options go to Streamlit, --server.port 8502 say."""
    arguments = [sys.executable, "-m", "streamlit", "run", str(settings.APP), *context.args]
    os.execve(sys.executable, arguments, settings.subprocess_environment())
