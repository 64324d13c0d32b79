"""Training the same from several seeds: how much of a test accuracy is luck."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import mean, stdev

from fmnist.models import Card, ModelStore
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.runs import run_of
from fmnist.training.tasks import TASKS


def with_seeds(configuration: Configuration, n: int) -> list[Configuration]:
    """Return configurations that differ in nothing but their seed, from the one's own on.

    Raises:
        ValueError: if runs of its task would not compare: my images may be others from run to run,
            and photos alone have no test images.
    """
    if not TASKS[configuration.task].repeatable:
        names = ", ".join(name for name, task in TASKS.items() if task.repeatable)
        raise ValueError(
            "Several seeds compare by the same training and test images: expected a task of "
            f"{names}; got {configuration.task}."
        )
    return [replace(configuration, seed=configuration.seed + place) for place in range(n)]


def train_seeds(
    configurations: Sequence[Configuration], carry_out: Callable[[Run, str], object]
) -> tuple[Run, dict[str, float]]:
    """Train configurations one after another.

    What an earlier call has finished is not trained anew, and what it has begun goes on.

    Args:
        configurations: as ``with_seeds`` returns them.
        carry_out: takes a run and its place in words, and returns when the run has finished; it
            raises if it has not.

    Returns:
        The first seed's run, and the test accuracies as metrics for its card:
        ``seed_accuracy/0``, …
    """
    runs, accuracies = [], {}
    for number, configuration in enumerate(configurations, 1):
        run = run_of(configuration)
        carry_out(run, f"Seed {configuration.seed}, {number} of {len(configurations)}")
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
