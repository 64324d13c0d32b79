"""A run's progress on the terminal, from its start to its end."""

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from fmnist.models import ModelError
from fmnist.training.run import Run
from fmnist.training.status import State, Status


def carry_out(run: Run, console: Console) -> Status:
    """Start a run, or go on with it, and show how far it is until it is over; a Ctrl-C stops it.

    Returns:
        Its last status: finished, or stopped.

    Raises:
        ModelError: if it failed.
    """
    shown = len(run.history())
    if shown:
        console.print(f"Going on from epoch {shown} of what was begun {run.created:%d %B, %H:%M}.")
    run.start()
    status = _follow(run, console, shown)
    again = "The same command goes on from here." if run.goes_on else ""
    if status.state is State.FAILED:
        raise ModelError(f"{status.message}\nIts log is {run.folder / 'log.txt'}. {again}".rstrip())
    if status.message:
        console.print(f"{status.message} {again}".rstrip())
    return status


def _follow(run: Run, console: Console, shown: int) -> Status:
    """Show a run's progress after so many epochs until it is over; a Ctrl-C stops it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    # Without a terminal the lines of the epochs are enough.
    live = console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not live) as bar:
        task = bar.add_task("", total=1)
        while True:
            try:
                status = run.status()
                for row in run.history()[shown:]:
                    shown += 1
                    console.print(_line(row, status.epochs))
                bar.update(task, completed=status.progress, description=_words(run, status))
                if status.state.over:
                    return status
                time.sleep(0.25)
            except KeyboardInterrupt:
                run.stop()


def _words(run: Run, status: Status) -> str:
    if status.state is State.WAITING and status.position:
        return f"Waiting for {status.position} other run{'s' * (status.position > 1)}"
    if status.state is State.TRAINING and (curve := run.curve()):
        return f"Epoch {status.epoch + 1}/{status.epochs}, accuracy {curve[-1]['accuracy']:.3f}"
    return status.message or status.state.capitalize()


def _line(row: dict[str, float], epochs: int) -> str:
    validation = f", validation {row['val_accuracy']:.4f}" if "val_accuracy" in row else ""
    return (
        f"Epoch {row['epoch']:.0f}/{epochs}: accuracy {row['accuracy']:.4f}{validation}, "
        f"{row['seconds']:.0f} s"
    )
