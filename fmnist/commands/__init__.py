"""The command line, one file a command; ``fmnist.__main__`` lists them."""

import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import ParamSpec, TypeVar

import typer
from rich import progress
from rich.console import Console

from fmnist.datasets import DataUnavailableError
from fmnist.engine.pace import Pace
from fmnist.engine.work import EngineError
from fmnist.models import ModelError
from fmnist.preprocessing import InputError

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

_MINUTE = 60  # seconds


def sentences(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command say what is missing or cannot be used, and exit with code 1."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (DataUnavailableError, EngineError, InputError, ModelError) as error:
            typer.echo(error, err=True)
            raise typer.Exit(1) from None

    return wrapped


def track(items: Sequence[T], words: str) -> Iterable[T]:
    """Iterate over items under a progress bar, where there is a terminal to show it."""
    console = Console(stderr=True)
    live = console.is_terminal
    return progress.track(items, words, console=console, transient=True, disable=not live)


def follow(
    sizes: Iterable[int], total: int, done: int = 0, in_hand: Callable[[], float] = lambda: 0.0
) -> Iterator[int]:
    """Iterate over the sizes of what gets done, and show how far, how quickly, how much longer.

    Where there is no terminal, by a line a minute. A Ctrl-C leaves what is done, and ends the
    command by saying so.

    Args:
        sizes: of what gets done, as it is.
        total: of all sizes.
        done: what was done before.
        in_hand: tells how much is done of what is under way.
    """
    console, pace = Console(stderr=True), Pace(total, done, in_hand)
    live = console.is_terminal
    columns = progress.BarColumn(), _Words(pace)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill is a Ctrl-C
    try:
        with progress.Progress(*columns, console=console, transient=True, disable=not live) as bar:
            task, told = bar.add_task("", total=total, completed=done), time.monotonic()
            for size in sizes:
                pace.done += size
                bar.update(task, advance=size)
                if not live and time.monotonic() - told >= _MINUTE:
                    console.print(str(pace))
                    told = time.monotonic()
                yield size
    except KeyboardInterrupt:
        words = f"{pace.done:,} of {total:,} are done. The same command goes on from there."
        typer.echo(words, err=True)
        raise typer.Exit(130) from None


class _Words(progress.ProgressColumn):
    """What a pace says, at most once a second."""

    max_refresh = 1.0

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def render(self, task: progress.Task) -> str:
        return str(self._pace)


def choose(name: str, table: Mapping[str, R], what: str) -> R:
    """Look up a name in a table.

    Raises:
        typer.BadParameter: if it is not there.
    """
    if name not in table:
        raise typer.BadParameter(f"'{name}' is no {what}; choose from {', '.join(table)}.")
    return table[name]
