"""A user's mistake on the command line is a sentence and an exit code, never a traceback."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

import typer

from fmnist.datasets import DataUnavailableError
from fmnist.models import ModelError
from fmnist.preprocessing import InputError

P = ParamSpec("P")
R = TypeVar("R")


def sentences(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command say what is missing or cannot be used, and exit with code 1."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (DataUnavailableError, InputError, ModelError) as error:
            typer.echo(error, err=True)
            raise typer.Exit(1) from None

    return wrapped


def choose(name: str, table: Mapping[str, R], what: str) -> R:
    """Look up a name in a table.

    Raises:
        typer.BadParameter: if it is not there.
    """
    if name not in table:
        raise typer.BadParameter(f"'{name}' is no {what}; choose from {', '.join(table)}.")
    return table[name]
