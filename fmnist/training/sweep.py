"""Sweep: many configurations, a run each, compared in a table.

A sweep's file is JSON: an object of a configuration's values, in which a list stands for each of
its values in turn, and all combinations are meant; ``recipe`` names what the others change. Or a
list of such objects and of recipes' names.
"""

import itertools
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from fmnist.engine import executor
from fmnist.models import ModelStore
from fmnist.storage import replacing_folder
from fmnist.training.configuration import Configuration
from fmnist.training.recipe import read_recipe
from fmnist.training.run import Run
from fmnist.training.runs import run_of, runs_of
from fmnist.typed_json import MALFORMED

_POLL = 0.5  # seconds
# Of a card, what the table has; by the first of them that there are it is sorted.
_METRICS = ("validation_accuracy", "test_accuracy", "training_seconds")


def read_sweep(path: Path) -> list[Configuration]:
    """Read which configurations a file means; one that is meant twice is there once.

    Raises:
        OSError: if the file cannot be read.
        ValueError: if it is none of a sweep; the text is a sentence to show.
        ModelError: as ``Configuration.complete``.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except MALFORMED as error:
        raise ValueError(f"{path} is no JSON: {error}") from None
    parts = content if isinstance(content, list) else [content]
    found: dict[Configuration, None] = {}
    for number, values in enumerate(itertools.chain.from_iterable(map(_combined, parts)), 1):
        try:
            found[_configuration(values)] = None
        except ValueError as error:
            raise ValueError(f"Combination {number} of {path}: {error}") from None
    if not found:
        raise ValueError(f"{path} has no combinations: a list in it is empty.")
    return list(found)


def _combined(part: object) -> Iterator[dict[str, Any]]:
    """Yield every combination of an object's values, the last one changing first."""
    if isinstance(part, str):
        part = {"recipe": part}
    if not isinstance(part, dict):
        raise ValueError(f"Expected an object of values, or a recipe's name; got {part!r}.")
    lists = [value if isinstance(value, list) else [value] for value in part.values()]
    for values in itertools.product(*lists):
        yield dict(zip(part, values, strict=True))


def _configuration(values: dict[str, Any]) -> Configuration:
    recipe = values.pop("recipe", None)
    if photos := values.get("photos"):
        values["photos"] = str(Path(photos).resolve())
    configuration = Configuration.complete((read_recipe(recipe) if recipe else {}) | values)
    configuration.refuse_foreign(values)
    return configuration


class Training:
    """Work on configurations, on this machine: a run for each, in our folder of runs."""

    def open(self) -> Callable[[Configuration], int]:
        """Return what trains a configuration, or goes on with it, and counts it."""
        return lambda configuration: bool(_trained(configuration, None))


class TrainingElsewhere:
    """Work on configurations, on some machine; it returns the configuration and its run, packed.

    What was begun goes on if it comes to the same machine again.
    """

    def open(self) -> Callable[[Configuration], tuple[Configuration, bytes]]:
        """Return what trains a configuration, or goes on with it."""
        return self._train

    def _train(self, configuration: Configuration) -> tuple[Configuration, bytes]:
        # A folder for each, so that they do not queue up behind each other.
        name = sha256(configuration.to_json().encode()).hexdigest()[:16]
        root = Path(tempfile.gettempdir()) / "fmnist-sweep" / name
        run = _trained(configuration, root)
        with tempfile.TemporaryDirectory() as folder:
            packed = Path(shutil.make_archive(f"{folder}/run", "gztar", run.folder)).read_bytes()
        shutil.rmtree(root)
        return configuration, packed


def train_all(
    configurations: Sequence[Configuration], workers: int | None = None, ray: str | None = None
) -> Iterator[int]:
    """Train configurations, and yield 1 for each whose run is over, however it ended.

    Who ends this stops the runs of this machine, which keep what they have reached.

    Args:
        configurations: those that have no run that has finished.
        workers: how many at once on Ray, by default one a machine; here one trains.
        ray: the address of a Ray cluster, whose runs are brought here.

    Raises:
        EngineError: as ``Executor``.
    """
    who = executor(workers, ray, heavy=True)
    if ray:
        for configuration, packed in who.map(TrainingElsewhere(), configurations):
            _take_in(configuration, packed)
            yield 1
        return
    try:
        yield from who.map(Training(), configurations)
    finally:
        _stop(configurations)


def _take_in(configuration: Configuration, packed: bytes) -> None:
    """Put a run from elsewhere into our folder of runs."""
    run = Run.create(configuration)
    with tempfile.TemporaryDirectory() as folder, replacing_folder(run.folder) as new:
        archive = Path(folder, "run.tar.gz")
        archive.write_bytes(packed)
        shutil.unpack_archive(archive, new, filter="data")


def _trained(configuration: Configuration, root: Path | None) -> Run:
    """Return the run of a configuration once it is over, however it ended."""
    run = run_of(configuration, root)
    if not run.finished:
        run.start()
    while not run.status().state.over:
        time.sleep(_POLL)
    return run


def in_hand(configurations: Sequence[Configuration]) -> float:
    """Return how much is done of those runs that are under way, 1 being one run."""
    status = [run.status() for run in runs_of(configurations).values()]
    return sum(each.progress for each in status if not each.state.over)


def _stop(configurations: Sequence[Configuration]) -> None:
    """Stop the runs of configurations, and wait until what they have reached is kept."""
    runs = [run for run in runs_of(configurations).values() if not run.status().state.over]
    for run in runs:
        run.stop()
    while not all(run.status().state.over for run in runs):
        time.sleep(_POLL)


def results(configurations: Sequence[Configuration]) -> list[dict[str, Any]]:
    """Return what came of each that has a run, the best first: by held-out images, if there are.

    A row has the options in which the configurations differ, accuracies on held-out and on test
    images, seconds, the run's id and, unless it has finished, how far it is.
    """
    values = [asdict(each) for each in configurations]
    differ = [name for name in values[0] if len({each[name] for each in values}) > 1]
    rows = []
    for configuration, run in runs_of(configurations).items():
        status = run.status()
        metrics = ModelStore(run.folder).card(run.model.name).metrics if run.model.is_dir() else {}
        rows.append(
            {name: getattr(configuration, name) for name in differ}
            | {name: metrics.get(name) for name in _METRICS}
            | {"run": run.id, "state": str(status.state), "message": status.message}
        )
    return sorted(rows, key=lambda row: [row[name] or 0 for name in _METRICS[:2]], reverse=True)
