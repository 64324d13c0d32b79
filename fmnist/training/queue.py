"""The queue of runs: one trains, the others wait in the order in which they were created.

A run that waits is a folder and nothing else. One that has begun has a process, which holds a lock
on a file in the run's folder as long as it lives, and another on the folder of all runs while it
trains. The operating system lets go of both when the process ends, however it ends.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from fmnist.storage import Stamp, stamp
from fmnist.training.status import Status

STATUS, STOP = "status.json", "stop"
_ALIVE, _TRAINING = "alive.lock", ".training.lock"
# Whoever looks whether a lock is held holds it for a moment, so try for longer than that.
_PATIENCE = 5  # seconds


@contextmanager
def living(folder: Path) -> Iterator[None]:
    """Hold the lock that says that a run has a process.

    Raises:
        Timeout: if it has one already.
    """
    with FileLock(folder / _ALIVE, timeout=_PATIENCE, poll_interval=0.01):
        yield


def is_alive(folder: Path) -> bool:
    """Tell whether a run has a process."""
    return _held(folder / _ALIVE)


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Wait until nobody else of the folder of runs trains, then hold a run's turn."""
    with FileLock(folder.parent / _TRAINING):
        yield


def is_training(runs: Path) -> bool:
    """Tell whether a run of a folder of runs has its turn."""
    return _held(runs / _TRAINING)


def is_idle(runs: Path) -> bool:
    """Tell whether a run of a folder of runs would begin at once."""
    return not is_training(runs) and not waiting(runs)


def waiting(runs: Path) -> list[Path]:
    """List the folders of the runs that wait, in the order in which they were created."""
    return sorted(
        folder for folder, status in _statuses(runs) if status.waits and not _stopped(folder)
    )


def ahead(folder: Path) -> int:
    """Count the runs before this one: the one whose turn it is, and those created earlier."""
    return sum(
        not _stopped(other) and other.name < folder.name if status.waits else is_alive(other)
        for other, status in _statuses(folder.parent)
        if other != folder
    )


def _statuses(runs: Path) -> Iterator[tuple[Path, Status]]:
    """Yield the folder and the status of each run that is not over as far as it has told."""
    with suppress(OSError), os.scandir(runs) as entries:
        for entry in entries:
            path = os.path.join(entry.path, STATUS)  # noqa: PTH118 - a Path takes twice as long
            status = _read(path, stamp(path))
            if status and not status.state.over:
                yield Path(entry.path), status


@lru_cache(maxsize=4096)
def _read(path: str, version: Stamp | None) -> Status | None:
    """Read a status, once: hundreds of old runs lie beside those that wait."""
    return Status.read(Path(path))


def _stopped(folder: Path) -> bool:
    return (folder / STOP).exists()


def _held(lock: Path) -> bool:
    if not lock.exists():
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True
