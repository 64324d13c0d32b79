"""The process of a run; and a spare one, in which TensorFlow is loaded before anybody asks.

Loading takes most of the seconds before a curve's first point. Who opens the Train page is likely
to train, so a process is made ready meanwhile. It ends by itself if nothing comes, or with the
process that started it.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fmnist import settings

# How long a spare process waits for a run, in seconds.
PATIENCE = 300
# Within so many seconds of its end it is not relied upon.
_MARGIN = 30

# TensorFlow frees its large buffers after every step, and glibc gives each back to the system, to
# be fetched and zeroed again: half of the time. Kept, a step of `cnn` takes 0.25 s instead of 0.39.
_KEEP_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(2**40)}


@dataclass(frozen=True)
class _Spare:
    """A process that waits for a run.

    Attributes:
        process: it.
        environment: our variables as it was started, which may be others by now.
        until: until when it can be relied upon, by the monotonic clock in seconds.
    """

    process: "subprocess.Popen[bytes]"
    environment: Mapping[str, str]
    until: float

    @property
    def fit(self) -> bool:
        """Whether it is there and would do what a new process would do."""
        alive = self.process.poll() is None and time.monotonic() < self.until
        return alive and self.environment == _ours()


_lock = threading.Lock()
_spare: _Spare | None = None


def launch(folder: Path | None, **streams: Any) -> "subprocess.Popen[bytes]":
    """Start a process of a run's folder, or a spare one, which reads the folder from its input."""
    arguments = [str(folder.resolve())] if folder else []
    return subprocess.Popen(
        [sys.executable, "-m", "fmnist", "worker", *arguments],
        env={"TF_CPP_MIN_LOG_LEVEL": "3", **_KEEP_MEMORY} | settings.subprocess_environment(),
        start_new_session=True,  # so that it outlives the page and a Ctrl-C in its terminal
        **streams,
    )


def warm_up() -> None:
    """Make a spare process ready, if there is none; it returns at once."""
    global _spare
    if os.name != "posix":  # where a pipe cannot be waited for
        return
    with _lock:
        if _spare and _spare.fit:
            return
        if _spare:
            _end(_spare)
        null = subprocess.DEVNULL
        process = launch(None, stdin=subprocess.PIPE, stdout=null, stderr=null)
        until = time.monotonic() + PATIENCE - _MARGIN
        _spare = _Spare(process, _ours(), until)


def hand_over(folder: Path) -> "subprocess.Popen[bytes] | None":
    """Let the spare process carry out the run of a folder; None if there is none."""
    global _spare
    with _lock:
        spare, _spare = _spare, None
        if spare is None:
            return None
        if not spare.fit or spare.process.stdin is None:
            _end(spare)
            return None
        try:
            spare.process.stdin.write(f"{folder.resolve()}\n".encode())
            spare.process.stdin.close()
        except OSError:  # it has just ended
            return None
        return spare.process


def _ours() -> dict[str, str]:
    """The environment variables that decide what a run does."""
    environment = settings.subprocess_environment()
    return {k: v for k, v in environment.items() if k.startswith(("FMNIST_", "KERAS_"))}


def _end(spare: _Spare) -> None:
    spare.process.kill()
    spare.process.wait()
