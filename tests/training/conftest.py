"""Small data, quick runs, and what a task gives the trainer."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from fmnist.datasets import Split
from fmnist.training.batches import AugmentedBatches
from fmnist.training.callbacks import Recorder
from fmnist.training.configuration import Configuration
from fmnist.training.queue import STATUS
from fmnist.training.run import Run
from fmnist.training.split import hold_out
from fmnist.training.status import Status
from fmnist.training.tasks.task import TrainingData
from fmnist.training.worker import work
from tests.small_dataset import make_idx_dataset, make_split

# What graphs gain by being rewritten, networks that train for seconds do not live to see.
tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})

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


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let runs do their work here, where TensorFlow is loaded already, and be over once started.

    ``test_run`` starts, stops and kills processes of their own.
    """

    def start(run: Run) -> None:
        for name in (STATUS, "stop", "result.json"):
            (run.folder / name).unlink(missing_ok=True)
        with (run.folder / "log.txt").open("a") as log, redirect_stdout(log):
            work(run)

    monkeypatch.setattr(Run, "start", start)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


class Killed(BaseException):
    """What ends a run as a kill does: nothing catches it, and no last word is written."""


def after_epoch(monkeypatch: pytest.MonkeyPatch, wanted: int, act: Callable[[], None]) -> None:
    """Have something done in this process, once, when a run has recorded an epoch."""
    record, waiting = Recorder.on_epoch_end, [wanted]

    def on_epoch_end(self: Recorder, epoch: int, logs: dict[str, float] | None = None) -> None:
        record(self, epoch, logs)
        if waiting == [epoch + 1]:
            waiting.clear()
            act()

    monkeypatch.setattr(Recorder, "on_epoch_end", on_epoch_end)


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
