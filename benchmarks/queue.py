"""What thirty runs that wait in the queue cost while another has its turn, beside old runs."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import psutil

from benchmarks.figure import Figure
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.status import State
from tests.finished_run import make_run, over

_WAITING, _OLD, _SECONDS = 30, 200, 10
# Starting Python takes as long on a busy machine.
_PATIENCE = 180


def measure() -> list[Figure]:
    """Let runs wait in a folder of their own, for one that would train for long."""
    return [
        figure
        for old in (0, _OLD)
        for figure in _figures(f"{_WAITING} runs that wait, beside {old} old ones", *_cost(old))
    ]


def _figures(what: str, cores: float, megabytes: float, seconds: float) -> list[Figure]:
    return [
        Figure(f"{what}: processor time", cores, "cores", 0.05),
        Figure(f"{what}: memory", megabytes, "MB", 150),
        Figure(f"{what}: until the next one has begun", seconds, "s", None),
    ]


def _cost(old: int) -> tuple[float, float, float]:
    """Return cores and megabytes of all but the run that trains; and how long the next one takes.

    They are those of this process, beyond what it had, and of every process that it has started.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        for _ in range(old):
            make_run(root, over(State.FINISHED))
        with _running([_run(root, seed) for seed in range(1 + _WAITING)]) as (first, *others):
            this = psutil.Process()
            before = this.memory_info().rss
            first.start()
            _wait(first, State.STARTING)
            for run in others:
                run.start()
            time.sleep(_SECONDS)  # until all are there
            pid = first.status().pid
            waiting = [p for p in this.children(recursive=True) if p.pid != pid]
            seconds = sum(map(_processor_seconds, [this, *waiting]))
            time.sleep(_SECONDS)
            cores = (sum(map(_processor_seconds, [this, *waiting])) - seconds) / _SECONDS
            grown = this.memory_info().rss - before
            memory = (sum(process.memory_info().rss for process in waiting) + grown) / 1e6
            assert all(run.status().state is State.WAITING for run in others)
            first.stop()
            _wait(first, State.STOPPED)
            ended = time.monotonic()
            _wait(others[0], State.STARTING)
            return cores, memory, time.monotonic() - ended


def _run(root: Path, seed: int) -> Run:
    return Run.create(Configuration("dense", epochs=1000, limit=2000, seed=seed), root)


@contextmanager
def _running(runs: list[Run]) -> Iterator[list[Run]]:
    """Give runs of quiet processes, and stop them in the end."""
    with patch.dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3"):
        try:
            yield runs
        finally:
            for run in reversed(runs):
                run.stop()
            for run in runs:
                _wait(run, State.STOPPED)


def _processor_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _wait(run: Run, state: State) -> None:
    deadline = time.monotonic() + _PATIENCE
    while (status := run.status()).state is not state:
        assert time.monotonic() < deadline and not status.state.over, f"{status}\n{run.log()}"
        time.sleep(0.1)
