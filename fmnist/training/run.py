"""A training run: a folder on disk, and a process of its own that fills it in its turn.

The folder has ``configuration.json``, ``status.json``, ``history.csv`` (a row an epoch),
``curve.csv`` (about a row a second), ``log.txt``, ``checkpoints/``, and at the end ``result.json``
and ``model/`` as the model store has it. Whoever has the folder can follow the run.
"""

import errno
import json
import os
import signal
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from fmnist import settings
from fmnist.leftovers import sweep
from fmnist.storage import read_rows, write_text
from fmnist.training.configuration import Configuration
from fmnist.training.dispatcher import dispatch
from fmnist.training.process import LOG, note_places
from fmnist.training.queue import STATUS, STOP, ahead, is_alive
from fmnist.training.status import State, Status
from fmnist.training.tasks import TASKS
from fmnist.typed_json import MALFORMED, fits

# What is relied on of a result.
_RESULT = {"accuracy": float, "loss": float, "n": int, "confusion_matrix": list[list[int]]}

_VISITOR = "visitor"  # a file with the name of whoever has made it
_PATIENCE = 20  # seconds, for a new run to join the queue


class Run:
    """A run on disk.

    Args:
        folder: its folder, which exists.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(
        cls, configuration: Configuration, root: Path | None = None, visitor: str | None = None
    ) -> "Run":
        """Make a new run, not yet started, in a folder of runs, by default ours, of a visitor."""
        root = root or settings.runs_folder()
        while True:
            # The name gives the order of creation, so it goes down to microseconds.
            folder = root / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
            try:
                folder.mkdir(parents=True)
                break
            except FileExistsError:
                continue
        if visitor:  # first, so that nobody else finds it meanwhile
            write_text(folder / _VISITOR, visitor)
        write_text(folder / "configuration.json", configuration.to_json())
        return cls(folder)

    @property
    def id(self) -> str:
        """The name of its folder, for links; ids sort by time of creation."""
        return self.folder.name

    @property
    def visitor(self) -> str | None:
        """Whose it is; None if it is this computer's own."""
        with suppress(OSError, ValueError):
            return (self.folder / _VISITOR).read_text(encoding="utf-8")
        return None

    @property
    def created(self) -> datetime:
        """When it was made, in this machine's time zone; of a copied folder, when its file was."""
        with suppress(ValueError):
            return datetime.strptime(f"{self.id} +0000", "%Y%m%d-%H%M%S-%f %z").astimezone()
        made = (self.folder / "configuration.json").stat().st_mtime
        return datetime.fromtimestamp(made, UTC).astimezone()

    @cached_property
    def configuration(self) -> Configuration:
        """What is trained and how.

        Raises:
            OSError, ValueError: if it cannot be read, of a version that knew other networks say.
        """
        try:
            return Configuration.from_json((self.folder / "configuration.json").read_text("utf-8"))
        except MALFORMED as error:
            raise ValueError(f"configuration.json cannot be read: {error}") from None

    @property
    def model(self) -> Path:
        """The folder of its model; it exists once there is one."""
        return self.folder / "model"

    def start(self) -> None:
        """Join the queue, to begin in its turn; one that ended early goes on from its checkpoint.

        Raises:
            OSError: if the folder cannot be written.
        """
        if self._written and not self.status().state.over:
            return
        sweep(self.folder)
        for name in (STOP, "result.json"):
            (self.folder / name).unlink(missing_ok=True)
        note_places(self.folder)
        Status(epochs=self.configuration.epochs).write(self.folder / STATUS)
        dispatch(self.folder.parent)

    def stop(self) -> None:
        """Ask it to end and keep what it has reached; it is over once that is evaluated."""
        (self.folder / STOP).touch()
        status = self._written
        # A run that has learnt something ignores the signal and sees the file after its batch.
        if status and status.pid and status.state.early and is_alive(self.folder):
            with suppress(ProcessLookupError):  # it ended by itself just now
                os.kill(status.pid, signal.SIGTERM)

    @property
    def stop_wanted(self) -> bool:
        """Whether somebody has asked it to end."""
        return (self.folder / STOP).exists()

    def status(self) -> Status:
        """Tell how far it has come, from what its process wrote and whether it still lives."""
        written = self._written
        if not written and not self.folder.is_dir():
            return Status(State.FAILED, message="Its folder has been removed.")
        status = written or Status(epochs=self.configuration.epochs)
        if status.state.over:
            return status
        if written and status.waits and not self.stop_wanted:
            return replace(status, position=ahead(self.folder))
        if is_alive(self.folder):
            if self.stop_wanted and status.state is State.TRAINING:
                message = "Stopping; what was reached is kept and evaluated."
                return replace(status, state=State.EVALUATING, message=message)
            return status
        if (status := self._written or status).state.over:  # it has ended properly just now
            return status
        if self.stop_wanted and status.state.early:
            message = "Stopped before it had learnt anything, so there is no model."
            return replace(status, state=State.STOPPED, message=message, ended=self._last_word)
        # In the queue it is dead when its process is, however long that takes to begin.
        if not written and time.time() - self._last_word < _PATIENCE:
            return status
        death = self._death if written else "It was made and never begun."
        return replace(status, state=State.FAILED, message=death, ended=self._last_word)

    @property
    def finished(self) -> bool:
        """Whether it has come to its end; one that was stopped or failed has not."""
        return self.status().state is State.FINISHED

    @property
    def resumable(self) -> bool:
        """Whether starting it goes on with it: not if it has finished, or its task begins anew."""
        task = TASKS[self.configuration.task]
        return not self.finished and task.resumable

    def history(self) -> list[dict[str, float]]:
        """One row an epoch: epoch, accuracy, loss, val_accuracy, val_loss, learning_rate, seconds.

        The columns of validation are absent where nothing is held out.
        """
        return self._rows("history.csv")

    def curve(self) -> list[dict[str, float]]:
        """About one row a second: epoch (fractional), accuracy, loss since the row before."""
        return self._rows("curve.csv")

    def result(self) -> dict[str, Any] | None:
        """What it scored on the test images, as ``Evaluation`` has it; None before the end.

        None too if it cannot be read.
        """
        with suppress(OSError, *MALFORMED):
            result = json.loads((self.folder / "result.json").read_text(encoding="utf-8"))
            if all(fits(result[name], kind) for name, kind in _RESULT.items()):
                return dict(result)
        return None

    def log(self) -> str:
        """What its process has printed so far."""
        return self.log_file.read_text("utf-8", errors="replace") if self.log_file.exists() else ""

    def _rows(self, name: str) -> list[dict[str, float]]:
        return [row for row in read_rows(self.folder / name) if "epoch" in row]

    @property
    def log_file(self) -> Path:
        """What its process prints into."""
        return self.folder / LOG

    @property
    def _written(self) -> Status | None:
        return Status.read(self.folder / STATUS)

    @property
    def _last_word(self) -> float:
        """When its process last wrote something, or when the run was created; Unix time."""
        files = (self.folder / name for name in ("configuration.json", LOG, STATUS))
        return max(path.stat().st_mtime for path in files if path.exists())

    @property
    def _death(self) -> str:
        last = next((line for line in reversed(self.log().splitlines()) if line.strip()), "")
        end = f" The last line of its log: {last}" if last else " It left no word in its log."
        full = os.strerror(errno.ENOSPC) in last
        why = "as its disk is full" if full else "perhaps for lack of memory"
        return f"The process that trained has died, {why}.{end}"
