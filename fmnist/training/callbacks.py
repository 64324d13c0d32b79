"""Callbacks: what a run writes while it trains, and its checkpoints."""

import os
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

import keras

from fmnist.storage import append_row, read_rows, write_rows
from fmnist.training.queue import STATUS
from fmnist.training.run import Run
from fmnist.training.status import State, Status
from fmnist.training.trainer import Checkpoint, Stop


class Recorder(keras.callbacks.Callback):
    """Writes status, curve, history and checkpoints of a run, and ends it when that is wanted.

    Args:
        run: the run.
        status: the status to go on from.

    Attributes:
        status: how far it has come.
        stopped: whether training was ended early.
    """

    def __init__(self, run: Run, status: Status) -> None:
        super().__init__()
        self.status, self.stopped = status, False
        self._run = run
        self._steps_before = 0  # of earlier processes, if this one goes on from a checkpoint
        self._first_step = self._written = 0.0
        self._point = (time.monotonic(), 0, 0.0, 0.0)  # time, steps, accuracy and loss so far

    @classmethod
    def resume(cls, run: Run, status: Status) -> tuple["Recorder", Checkpoint | None]:
        """Go on from a run's last checkpoint, if there is one.

        What a process that died wrote after it is taken out of the tables.

        Returns:
            A recorder; and the checkpoint, as ``latest_checkpoint`` returns it.
        """
        checkpoint = latest_checkpoint(run.folder)
        epoch = checkpoint[1] if checkpoint else 0
        for name in ("history.csv", "curve.csv"):
            rows = read_rows(run.folder / name)
            write_rows(run.folder / name, [row for row in rows if row["epoch"] <= epoch])
        return cls(run, replace(status, epoch=epoch)), checkpoint

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Note where the epoch starts."""
        self._epoch_began = time.monotonic()
        self._point = (self._epoch_began, 0, 0.0, 0.0)
        self.status = replace(
            self.status, epoch=epoch, step=0, steps_per_epoch=self.params["steps"]
        )

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Tell how far it is, four times a second at most."""
        now = time.monotonic()
        steps = self.status.epoch * self.params["steps"] + batch + 1
        if self.status.state is not State.TRAINING:
            # From now on there is something to keep: a stop comes by the file, not by the signal.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            self._first_step, self._steps_before = now, steps
            self.status = replace(self.status, state=State.TRAINING, message="")
        self.status = replace(
            self.status, step=batch + 1, seconds_left=self._seconds_left(steps, now)
        )
        if now - self._written > 0.25:
            self._write()
        # The first batch of all is measured before a weight has changed; then once a second.
        last = batch + 1 == self.params["steps"]
        if steps == 1 or last or now - self._point[0] > 1:
            self._add_point(batch + 1, logs or {}, now)
        self._stop_if_wanted()

    def on_test_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """End during validation too."""
        self._stop_if_wanted()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Add the epoch to the history and keep the model."""
        row = {
            "epoch": epoch + 1,
            **{name: float(value) for name, value in (logs or {}).items()},
            "learning_rate": float(self.model.optimizer.learning_rate),
            "seconds": time.monotonic() - self._epoch_began,
        }
        append_row(self._run.folder / "history.csv", row)
        save_checkpoint(self.model, self._run.folder, epoch + 1)
        print(", ".join(f"{name} {value:.4g}" for name, value in row.items()), flush=True)
        self.status = replace(self.status, epoch=epoch + 1, step=0)
        self._write()

    def evaluating(self) -> None:
        """Tell that training is over and what came of it is being measured."""
        self.status = replace(self.status, state=State.EVALUATING, seconds_left=None)
        self._write()

    def _seconds_left(self, steps: int, now: float) -> float | None:
        done = steps - self._steps_before
        total = self.params["epochs"] * self.params["steps"]
        return (now - self._first_step) / done * (total - steps) if done else None

    def _add_point(self, step: int, logs: dict[str, float], now: float) -> None:
        """Keras gives means since the epoch began; a point is the mean since the last point."""
        _, before, *means_before = self._point
        means = [float(logs["accuracy"]), float(logs["loss"])]
        accuracy, loss = (
            (mean * step - mean_before * before) / (step - before)
            for mean, mean_before in zip(means, means_before, strict=True)
        )
        epoch = self.status.epoch + step / self.params["steps"]
        row = {"epoch": epoch, "accuracy": min(max(accuracy, 0.0), 1.0), "loss": max(loss, 0.0)}
        append_row(self._run.folder / "curve.csv", row)
        self._point = (now, step, means[0], means[1])

    def _stop_if_wanted(self) -> None:
        if self._run.stop_wanted and self.status.state is State.TRAINING:
            self.stopped = True
            raise Stop

    def _write(self) -> None:
        self.status.write(self._run.folder / STATUS)
        self._written = time.monotonic()


_KEPT = 2  # the older one, in case the disk has lost the newer


def save_checkpoint(model: keras.Model, run: Path, epoch: int) -> None:
    """Keep a compiled model as it is after an epoch.

    It appears under its name only once it is whole and on the disk, so that a process killed at
    any moment leaves good checkpoints.
    """
    folder = run / "checkpoints"
    folder.mkdir(exist_ok=True)
    temporary = folder / "unfinished.keras"
    model.save(temporary)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(folder / f"epoch-{epoch:04}.keras")
    for path in sorted(folder.glob("epoch-*.keras"))[:-_KEPT]:
        path.unlink()


def latest_checkpoint(run: Path) -> Checkpoint | None:
    """Load the newest checkpoint that can be read, and the number of epochs it has seen."""
    for path in sorted((run / "checkpoints").glob("epoch-*.keras"), reverse=True):
        try:
            return keras.saving.load_model(path), int(path.stem.removeprefix("epoch-"))
        except (OSError, ValueError, KeyError) as error:
            print(f"{path.name} cannot be read ({error}); trying the one before.", flush=True)
    return None


def remove_checkpoints(run: Path) -> None:
    """Remove all checkpoints: a run that has finished needs them no more."""
    shutil.rmtree(run / "checkpoints", ignore_errors=True)
