"""The dispatcher: a thread that begins the runs that wait, one after another.

Each process that has put a run into the queue, or shows it, has such a thread for as long as
somebody waits; a lock on the folder of runs lets one of them at a time dispatch. When its process
ends, another's takes over; if there is none, those that wait begin when somebody looks, or a
server is started.
"""

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from fmnist.storage import stamp
from fmnist.training.process import carry_out
from fmnist.training.queue import STATUS, is_training, waiting
from fmnist.training.status import State, Status

_DISPATCHING = ".dispatching.lock"
# How often it looks whether another process's dispatcher, or what that began, has ended.
_POLL = 0.5  # seconds

_lock = threading.Lock()
_dispatched: set[Path] = set()


def dispatch(runs: Path) -> None:
    """See to it that those that wait in a folder of runs begin in their turn; returns at once."""
    runs = runs.resolve()
    with _lock:
        if runs in _dispatched or not waiting(runs):
            return
        _dispatched.add(runs)
    threading.Thread(target=_dispatch, args=(runs,), daemon=True).start()


def _dispatch(runs: Path) -> None:
    try:
        while _anybody(runs):
            with FileLock(runs / _DISPATCHING, poll_interval=_POLL):
                while is_training(runs):  # what a process began that is no more
                    time.sleep(_POLL)
                for folder in waiting(runs)[:1]:
                    _begin(folder)
    except OSError as error:  # the folder is gone, or cannot be written
        print(f"The runs that wait cannot begin: {error}", file=sys.stderr)
        with _lock:
            _dispatched.discard(runs)


def _anybody(runs: Path) -> bool:
    """Tell whether somebody waits; if not, the next ``dispatch`` needs a new thread."""
    with _lock:
        if waiting(runs):
            return True
        _dispatched.discard(runs)
        return False


def _begin(folder: Path) -> None:
    """Let a process carry out a run, and wait for its end."""
    path = folder / STATUS
    before = stamp(path)
    try:
        process = carry_out(folder)
    except OSError as error:
        Status(State.FAILED, message=f"It could not begin: {error.strerror}.").write(path)
        return
    process.wait()
    status = Status.read(path)
    if status and stamp(path) == before:  # it died before it could say a word
        replace(status, state=State.STARTING, pid=process.pid).write(path)
