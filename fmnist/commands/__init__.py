"""The command line, one file a command; ``fmnist.__main__`` lists them."""

import errno
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import ParamSpec, TypeVar

import typer
from rich import progress
from rich.console import Console

from fmnist.datasets import DataUnavailableError
from fmnist.models import ModelError
from fmnist.preprocessing import InputError

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

_READ_ONLY = "Expected a folder that can be written: see the variables FMNIST_*_DIR in the README."
_ADVICE = {
    errno.ENOSPC: "Make room and try again: what was there before is as it was.",
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR), _READ_ONLY),
}


def sentences(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command say what is missing or cannot be used or written, and exit with code 1."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (DataUnavailableError, InputError, ModelError) as error:
            typer.echo(error, err=True)
        except OSError as error:
            if error.errno in (None, errno.EPIPE):  # of no file; or nobody reads on, as `| head`
                raise
            place = f"{error.filename}: " if error.filename else ""
            typer.echo(
                f"{place}{error.strerror}. {_ADVICE.get(error.errno, '')}".rstrip(), err=True
            )
        raise typer.Exit(1)

    return wrapped


def track(items: Sequence[T], words: str) -> Iterable[T]:
    """Iterate over items under a progress bar, where there is a terminal to show it."""
    console = Console(stderr=True)
    live = console.is_terminal
    return progress.track(items, words, console=console, transient=True, disable=not live)


def choose(name: str, table: Mapping[str, R], what: str) -> R:
    """Look up a name in a table.

    Raises:
        typer.BadParameter: if it is not there.
    """
    if name not in table:
        raise typer.BadParameter(f"'{name}' is no {what}; choose from {', '.join(table)}.")
    return table[name]
