"""How far a run has come."""

import json
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import get_type_hints

from fmnist.storage import write_text
from fmnist.typed_json import MALFORMED, fits


class State(StrEnum):
    """What a run is doing."""

    WAITING = "waiting"  # in the queue, or about to begin
    STARTING = "starting"  # TensorFlow and the data are loading; nothing is learnt yet
    TRAINING = "training"
    EVALUATING = "evaluating"  # on the test images, and saving
    FINISHED = "finished"
    STOPPED = "stopped"  # by a person; what was reached is kept
    FAILED = "failed"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self in (State.FINISHED, State.STOPPED, State.FAILED)

    @property
    def early(self) -> bool:
        """Whether there is nothing to keep yet."""
        return self in (State.WAITING, State.STARTING)


@dataclass(frozen=True)
class Status:
    """How far a run has come.

    Attributes:
        state: what it is doing.
        epoch: number of whole epochs done.
        epochs: number of epochs to do.
        step: number of batches done of the epoch under way.
        steps_per_epoch: number of batches of an epoch; 0 while unknown.
        began: when its turn came, Unix time in seconds; None while it waits.
        ended: when it was over, likewise.
        seconds_left: how much longer training takes; None while unknown.
        position: how many runs are before it in the queue.
        message: a sentence for the interface; empty if the state says it all.
        pid: the process, for ``Run.stop``; None while it waits.
    """

    state: State = State.WAITING
    epoch: int = 0
    epochs: int = 0
    step: int = 0
    steps_per_epoch: int = 0
    began: float | None = None
    ended: float | None = None
    seconds_left: float | None = None
    position: int = 0
    message: str = ""
    pid: int | None = None

    @property
    def waits(self) -> bool:
        """Whether it has no process yet; one of an earlier version had one while it waited."""
        return self.state is State.WAITING and self.pid is None

    @property
    def progress(self) -> float:
        """Share of the training done, 0–1."""
        of_this_epoch = self.step / self.steps_per_epoch if self.steps_per_epoch else 0.0
        return (self.epoch + of_this_epoch) / self.epochs if self.epochs else 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since its turn came."""
        return (self.ended or time.time()) - self.began if self.began else 0.0

    @classmethod
    def read(cls, path: Path) -> "Status | None":
        """Read a status; None if none was written yet.

        What cannot be read counts as failed, so that nobody waits for it.
        """
        kinds = get_type_hints(cls)
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            # Another version may have written more.
            known = {name: values[name] for name in kinds if name in values}
            status = cls(**{**known, "state": State(values["state"])})
            if all(fits(getattr(status, name), kind) for name, kind in kinds.items()):
                return status
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, *MALFORMED):
            pass
        return cls(State.FAILED, message=f"Its {path.name} cannot be read.")

    def write(self, path: Path) -> None:
        """Write the status in one step: a reader sees the old one or this one."""
        write_text(path, json.dumps(asdict(self), indent=2) + "\n")
