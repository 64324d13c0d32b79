"""What was tried to train better models, so that nobody tries it again: from the cards of runs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from benchmarks.figure import NotMeasuredError
from benchmarks.row import Row
from fmnist.models import Card, ModelError, ModelStore, default_store
from fmnist.training.configuration import Configuration
from fmnist.training.runs import all_runs
from fmnist.ui.wording import duration

_KEPT = Path(__file__).with_name("tried.json")
_DATASET = "fashion-mnist"


@dataclass(frozen=True)
class Tried(Row):
    """What a configuration came to.

    Attributes:
        architecture: the network.
        command: what trains it, in the options of today.
        held_out: accuracy on the 5,000 training images to choose by, after the last epoch, 0–1.
        test: on the test images, 0–1; it is not what to choose by.
        seconds: of training.
        date: the day of its end.
    """

    NOTE: ClassVar[str] = (
        "Every run on all training images of Fashion-MNIST that was in the folder of runs, or "
        "that a model of ours came from, when this was called; older rows stay. Held out is the "
        "accuracy on 5,000 training images after the last epoch, by which to choose; the 95 % "
        "interval of 0.95 is ±0.006."
    )
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "network",
        "held out",
        "test",
        "trained in",
        "on",
        "by `python -m fmnist train`",
    )

    architecture: str
    command: str
    held_out: float
    test: float
    seconds: float
    date: str

    @property
    def came_to(self) -> tuple[object, ...]:
        """What is the same in a run, in the model that was made of it, and if it is timed anew."""
        return self.command, self.held_out, self.test, self.date

    def cells(self) -> list[str]:
        """Return what stands in each column."""
        accuracies = f"{self.held_out:.4f}", f"{self.test:.4f}"
        options = self.command.removeprefix(f"python -m fmnist train {self.architecture}")
        took, by = duration(self.seconds), f"`{options.strip()}`" if options else ""
        return [self.architecture, *accuracies, took, self.date, by]


def measure() -> list[Tried]:
    """Return what was kept before and what runs and models have come to since, the best first.

    Raises:
        NotMeasuredError: if there is nothing.
    """
    rows = {row.came_to: row for row in (*_kept(), *filter(None, map(_row, _cards())))}
    if not rows:
        raise NotMeasuredError("no run on all training images has finished here.")
    return sorted(rows.values(), key=lambda row: (row.architecture, -row.held_out, row.date))


def _kept() -> Iterator[Tried]:
    if _KEPT.exists():
        for values in json.loads(_KEPT.read_text(encoding="utf-8"))["figures"]:
            yield Tried(**values)


def _cards() -> Iterator[Card]:
    shipped = default_store()
    places = [(shipped, name) for name in shipped.names()]
    places += [(ModelStore(run.folder), run.model.name) for run in all_runs() if run.finished]
    for store, name in places:
        try:
            yield store.card(name)
        except ModelError:
            continue  # spoilt, or not a model of ours


def _row(card: Card) -> Tried | None:
    """Return what a card tells; None unless it was trained on all images and measured."""
    try:
        configuration = Configuration.of(card.configuration)
        names = "validation_accuracy", "test_accuracy", "training_seconds"
        held_out, test, seconds = (card.metrics[name] for name in names)
    except (KeyError, ValueError):
        return None
    if configuration.limit is not None or configuration.dataset != _DATASET or card.takes_photos:
        return None
    return Tried(
        configuration.architecture,
        configuration.command(),
        held_out,
        test,
        round(seconds),
        card.date.partition("T")[0],
    )
