"""Training the same from several seeds: how much of a test accuracy is luck."""

from collections.abc import Sequence
from statistics import mean, stdev

import typer
from rich.console import Console

from fmnist.commands.progress import carry_out
from fmnist.models import Card, ModelStore
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.runs import begun, list_runs
from fmnist.training.status import State


def check_seeds(configuration: Configuration) -> None:
    """Raise ValueError if runs that differ in their seed would not compare.

    My images may be others from run to run, and photos alone have no test images.
    """
    if configuration.extras in ("mine", "photos"):
        raise ValueError(
            "Several seeds compare by the same training and test images: expected extras of none "
            f"or everyday; got {configuration.extras}."
        )


def train_seeds(
    configurations: Sequence[Configuration], console: Console
) -> tuple[Run, dict[str, float]]:
    """Train configurations that differ in nothing but their seed, one after another.

    What an earlier call has finished is not trained anew, and what it has begun goes on.

    Args:
        configurations: what to train and how; at least one.
        console: where to show how far it is.

    Returns:
        The first seed's run, and the test accuracies as metrics for its card:
        ``seed_accuracy/0``, …

    Raises:
        ModelError: if a run failed.
        typer.Exit: if a run was stopped.
    """
    runs, accuracies = [], {}
    for number, configuration in enumerate(configurations, 1):
        console.print(f"Seed {configuration.seed}, {number} of {len(configurations)}")
        run = _run_of(configuration)
        if run.status().state is State.FINISHED:
            console.print("It has been trained before.")
        elif carry_out(run, console).state is State.STOPPED:
            raise typer.Exit(130)
        card = ModelStore(run.folder).card(run.model.name)
        accuracies[f"seed_accuracy/{configuration.seed}"] = card.metrics["test_accuracy"]
        runs.append(run)
    return runs[0], accuracies


def over_seeds(card: Card) -> str:
    """Say what came of several seeds; nothing if there were not several."""
    accuracies = list(card.metrics_of("seed_accuracy").values())
    if len(accuracies) < 2:
        return ""
    return f"; over {len(accuracies)} seeds {mean(accuracies):.4f} ± {stdev(accuracies):.4f}"


def _run_of(configuration: Configuration) -> Run:
    """Return the run of a configuration that has finished, else the one begun, else a new one."""
    runs = (run for run in list_runs() if run.configuration == configuration)
    finished = (run for run in runs if run.status().state is State.FINISHED)
    return next(finished, None) or begun(configuration) or Run.create(configuration)
