"""The process of a run; and a spare one, in which TensorFlow is loaded before anybody asks.

Loading takes most of the seconds before a curve's first point. Who opens the Train page is likely
to train, so a process is made ready meanwhile. It ends by itself if nothing comes, or with the
process that started it.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fmnist import settings
from fmnist.storage import write_text
from fmnist.typed_json import MALFORMED, fits

LOG = "log.txt"
_PLACES = "places.json"

# How long a spare process waits for a run, in seconds.
PATIENCE = 300
# Within so many seconds of its end it is not relied upon.
_MARGIN = 30

# By how much the pages go first.
_NICENESS = 5

# What makes TensorFlow quicker here, unless somebody has said otherwise. It frees its large buffers
# after every step, and glibc gives each back to the system, to be fetched and zeroed again: half of
# the time. Kept, a step of `cnn` takes 0.25 s instead of 0.39. And without AVX-512 it leaves oneDNN
# off, with which a step of `resnet` takes 0.45 to 0.50 s instead of 0.66 to 0.81, and of `small`
# and `cnn` as long as without.
_QUICKER = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": str(2**40),
    "TF_ENABLE_ONEDNN_OPTS": "1",
}


@dataclass(frozen=True)
class _Spare:
    """A process that waits for a run.

    Attributes:
        process: it.
        places: our ``settings.places`` as it was started, which may be others by now.
        until: until when it can be relied upon, by the monotonic clock in seconds.
    """

    process: "subprocess.Popen[bytes]"
    places: Mapping[str, str]
    until: float

    def fits(self, places: Mapping[str, str]) -> bool:
        """Tell whether it is there and would do what a new process would do."""
        alive = self.process.poll() is None and time.monotonic() < self.until
        return alive and self.places == places


_lock = threading.Lock()
_spare: _Spare | None = None


def note_places(folder: Path) -> None:
    """Note our ``settings.places`` in a run's folder: who carries it out may have others."""
    write_text(folder / _PLACES, json.dumps(settings.places(), indent=2) + "\n")


def carry_out(folder: Path) -> "subprocess.Popen[bytes]":
    """Let a process carry out the run of a folder, the spare one if there is one.

    Raises:
        OSError: if there can be none.
    """
    places = _noted_places(folder)
    with (folder / LOG).open("a", encoding="utf-8") as log:
        print(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC", file=log, flush=True)
        return hand_over(folder, places) or _launch(
            [str(folder.resolve())], places, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )


def step_back() -> None:
    """Let the pages go first: called before there is a thread, for each has a niceness of its own.

    Linux may share the processor among sessions and heed niceness only within one (sched(7),
    "The autogroup feature"); a run's process is a session of its own, which has a niceness too.
    Started by hand, it leaves that of its terminal's session alone.
    """
    if not hasattr(os, "nice"):
        return
    niceness = os.nice(_NICENESS)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(niceness), encoding="ascii")


def warm_up() -> None:
    """Make a spare process ready, if there is none; it returns at once."""
    global _spare
    if os.name != "posix":  # where a pipe cannot be waited for
        return
    with _lock:
        places = settings.places()
        if _spare and _spare.fits(places):
            return
        if _spare:
            _end(_spare)
        null = subprocess.DEVNULL
        process = _launch([], places, stdin=subprocess.PIPE, stdout=null, stderr=null)
        _spare = _Spare(process, places, time.monotonic() + PATIENCE - _MARGIN)


def hand_over(folder: Path, places: Mapping[str, str]) -> "subprocess.Popen[bytes] | None":
    """Let the spare process carry out the run of a folder; None if there is none that would do."""
    global _spare
    with _lock:
        spare, _spare = _spare, None
        if spare is None:
            return None
        if not spare.fits(places) or spare.process.stdin is None:
            _end(spare)
            return None
        try:
            spare.process.stdin.write(f"{folder.resolve()}\n".encode())
            spare.process.stdin.close()
        except OSError:  # it has just ended
            return None
        return spare.process


def _launch(
    arguments: list[str], places: Mapping[str, str], **streams: Any
) -> "subprocess.Popen[bytes]":
    """Start a process of a run's folder, or a spare one, which reads the folder from its input."""
    return subprocess.Popen(
        [sys.executable, "-m", "fmnist", "worker", *arguments],
        env={"TF_CPP_MIN_LOG_LEVEL": "3", **_QUICKER} | settings.subprocess_environment(places),
        start_new_session=True,  # so that it outlives the page and a Ctrl-C in its terminal
        **streams,
    )


def _noted_places(folder: Path) -> Mapping[str, str]:
    """Read what ``note_places`` wrote; our own of a folder that has none."""
    try:
        places = json.loads((folder / _PLACES).read_text(encoding="utf-8"))
    except (OSError, *MALFORMED):
        return settings.places()
    return places if fits(places, Mapping[str, str]) else settings.places()


def _end(spare: _Spare) -> None:
    spare.process.kill()
    spare.process.wait()
