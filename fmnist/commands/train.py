"""``python -m fmnist train``: train a network and put it among the models."""

import inspect
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from fmnist.commands import sentences
from fmnist.models import ModelError, ModelStore, default_store
from fmnist.training.configuration import Configuration
from fmnist.training.option import option_of
from fmnist.training.recipe import read_recipe, recipes
from fmnist.training.run import Run
from fmnist.training.runs import begun
from fmnist.training.seeds import over_seeds, train_seeds, with_seeds
from fmnist.training.status import State, Status
from fmnist.training.tasks import TASKS


def _configured(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the first field of a configuration as argument, and an option for each other.

    Those that are not given arrive as None, so that a recipe's values stay.
    """
    signature = inspect.signature(command)
    own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    parameters: list[inspect.Parameter] = []
    for each in fields(Configuration):
        option = option_of(each)
        among = f" Among {', '.join(option.choices)}." if option.choices else ""
        declare = typer.Option if parameters else typer.Argument
        about = declare(help=option.help + among, show_default=_shown(each.default))
        annotation = Annotated[each.type | None, about]  # type: ignore[name-defined]
        parameters.append(
            inspect.Parameter(each.name, own[0].kind, default=None, annotation=annotation)
        )
    command.__signature__ = signature.replace(parameters=[own[0], *parameters, *own[1:]])  # type: ignore[attr-defined]
    return command


def _shown(default: object) -> str | bool:
    return f"{default:.4g}" if isinstance(default, float) else str(default or "") or False


@sentences
@_configured
def train(
    context: typer.Context,
    recipe: Annotated[
        str | None,
        typer.Option(help=f"Among {', '.join(recipes())}. Other options given with it go first."),
    ] = None,
    seeds: Annotated[
        int | None,
        typer.Option(
            min=1, help="From how many seeds, from --seed on; their accuracies go on the card."
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="The model's name, replacing one that has it; by default a free one."),
    ] = None,
    extras: Annotated[str | None, typer.Option(hidden=True)] = None,
    **options: Any,
) -> None:
    """Train a network. Ctrl-C keeps what was reached; the same command goes on from there."""
    if options["photos"]:
        options["photos"] = str(Path(options["photos"]).resolve())
    options["extras"] = extras
    given = {key: value for key, value in options.items() if value is not None}
    store = default_store()
    try:
        if recipe is not None and options["start_from"]:
            raise ValueError("Expected a recipe or a model to start from, not both.")
        values = (read_recipe(recipe) if recipe else {}) | given
        configuration = Configuration.complete(values)
        configuration.refuse_foreign(given)
        configurations = with_seeds(configuration, seeds) if seeds else []
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    TASKS[configuration.task].check(configuration)
    if name is not None:
        ModelStore.check_name(name)
    # A polite kill is a Ctrl-C; the run itself is a process of its own and would go on.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console(stderr=True)
    if configurations:
        run, accuracies = train_seeds(configurations, partial(_finish, console))
        stopped = False
    else:
        run, accuracies = begun(configuration) or Run.create(configuration), {}
        stopped = _carry_out(run, console).state is State.STOPPED
    if run.model.is_dir():
        kept = name or store.free_name(
            recipe or configuration.start_from or configuration.architecture
        )
        try:
            card = store.adopt(run.model, kept)
            if accuracies:
                card = store.note(kept, accuracies)
        except OSError as error:
            raise ModelError(
                f"What was trained is in {run.model}, and could not be put among the models in "
                f"{store.root}: {error.strerror}. Make room there, or make it writable, and give "
                "the same command again."
            ) from None
        typer.echo(f"{store.root / kept}: {_reached(card.metrics)}{over_seeds(card)}")
    if stopped:
        raise typer.Exit(130)


def _finish(console: Console, run: Run, place: str) -> None:
    """Carry out one of several seeds; without one the others tell nothing."""
    console.print(place)
    if run.status().state is State.FINISHED:
        console.print("It has been trained before.")
    elif _carry_out(run, console).state is State.STOPPED:
        raise typer.Exit(130)


def _carry_out(run: Run, console: Console) -> Status:
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
    again = "The same command goes on from here." if run.resumable else ""
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


def _reached(metrics: Mapping[str, float]) -> str:
    if "test_accuracy" not in metrics:
        return "kept; there are no test images of photos, see evaluate --photos"
    reached = f"test accuracy {metrics['test_accuracy']:.4f}"
    if "mine_n" not in metrics:
        return reached
    return reached + (
        f" (before: {metrics['test_accuracy_before']:.4f}); on my {metrics['mine_n']:.0f} images, "
        f"which it has seen, {metrics['mine_accuracy']:.4f} "
        f"(before: {metrics['mine_accuracy_before']:.4f})"
    )
