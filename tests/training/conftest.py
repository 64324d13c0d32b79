"""Small data, quick runs, and what a task gives the trainer."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import Split
from fmnist.training.batches import AugmentedBatches
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.split import hold_out
from fmnist.training.status import Status
from fmnist.training.tasks.task import TrainingData
from tests.small_dataset import make_idx_dataset, make_split

_SECONDS = 90  # TensorFlow alone takes many on a busy machine


@pytest.fixture(scope="session")
def split() -> Split:
    """600 images of the small data set."""
    images, labels = make_split(600, seed=0)
    return Split(images, labels.astype(np.uint8), "drawn", False)


def labelled(configuration: Configuration, split: Split, num_outputs: int = 10) -> TrainingData:
    """What the task "labels" makes of a split, without a run."""
    training, held_out = hold_out(split.labels, configuration.validation_share, configuration.limit)
    targets = np.eye(num_outputs, dtype=np.float32)[split.labels]
    examples = split.images[training], targets[training]
    return TrainingData(
        batches=partial(AugmentedBatches, configuration, examples),
        validation=(split.images[held_out], targets[held_out]),
        n=len(training),
        num_outputs=num_outputs,
    )


@pytest.fixture
def small_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small data set on disk, for the processes of runs."""
    monkeypatch.setenv("FMNIST_DATA_DIR", str(make_idx_dataset(tmp_path / "data")))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))


@pytest.fixture
def new_run(small_data: None, runs_folder: Path) -> Callable[..., Run]:
    """Create a run of the dense network, for one epoch if nothing else is said."""
    return lambda **values: Run.create(
        Configuration.of({"architecture": "dense", "epochs": 1, "batch_size": 32, **values})
    )


def wait(run: Run, until: Callable[[Status], bool]) -> Status:
    """Wait for a status, or fail with the log."""
    deadline = time.monotonic() + _SECONDS
    while not until(status := run.status()):
        assert time.monotonic() < deadline and not status.state.over, f"{status}\n{run.log()}"
        time.sleep(0.02)
    return status


def wait_until_over(run: Run) -> Status:
    """Wait for the end of a run."""
    return wait(run, lambda status: status.state.over)
