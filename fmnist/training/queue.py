"""The queue of runs: one trains, the others wait in the order in which they were created.

A run's process holds a lock on a file in the run's folder as long as it lives, and the one that
trains holds another on the folder of all runs. The operating system lets go of both when the
process ends, however it ends.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from fmnist.training.status import State, Status

STATUS = "status.json"
_ALIVE, _TRAINING = "alive.lock", ".training.lock"
_POLL = 0.2  # seconds
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
    if not (folder / _ALIVE).exists():
        return False
    try:
        with FileLock(folder / _ALIVE, timeout=0):
            return False
    except Timeout:
        return True


def ahead(folder: Path) -> int:
    """Count the runs before this one: the one whose turn it is, and those created earlier."""
    count = 0
    for other in folder.parent.iterdir():
        status = Status.read(other / STATUS) if other != folder and other.is_dir() else None
        if status is None or status.state.over:
            continue
        first = status.state is not State.WAITING or other.name < folder.name
        count += first and is_alive(other)
    return count


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Wait for a run's turn, then hold it."""
    lock = FileLock(folder.parent / _TRAINING, timeout=0)
    while True:
        if not ahead(folder):
            try:
                lock.acquire()
                break
            except Timeout:
                pass
        time.sleep(_POLL)
    try:
        yield
    finally:
        lock.release()
