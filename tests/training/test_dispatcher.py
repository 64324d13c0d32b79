"""The dispatcher: who waits begins in turn, whatever becomes of whoever waits or dispatches.

The processes of runs are stood in for; ``test_run`` has real ones.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fmnist.training import dispatcher
from fmnist.training.configuration import Configuration
from fmnist.training.queue import STATUS, turn
from fmnist.training.run import Run
from fmnist.training.status import State, Status
from tests.finished_run import make_run

LOCK = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


@dataclass
class Processes:
    """What carries out runs: each is over at once, in the state that a test wants.

    Attributes:
        begun: the runs, in the order in which they have begun.
        ends: how a run ends; None is a process that never says a word. Others finish.
        pid: of all of them.
    """

    begun: list[str] = field(default_factory=list)
    ends: dict[str, State | None] = field(default_factory=dict)
    pid: int = 2**22 + 1

    def carry_out(self, folder: Path) -> "Processes":
        self.begun.append(folder.name)
        if state := self.ends.get(folder.name, State.FINISHED):
            Status(state, pid=self.pid).write(folder / STATUS)
        return self

    def wait(self) -> None:
        """It is over already."""


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Processes:
    made = Processes()
    monkeypatch.setattr(dispatcher, "carry_out", made.carry_out)
    monkeypatch.setattr(dispatcher, "_POLL", 0.02)
    return made


@pytest.fixture
def runs(runs_folder: Path) -> list[Run]:
    """Three that wait."""
    return [make_run(runs_folder, Status()) for _ in range(3)]


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def wait_until_idle(runs: Path) -> None:
    wait_until(lambda: runs.resolve() not in dispatcher._dispatched)


def test_those_that_wait_begin_in_the_order_of_creation(
    runs: list[Run], runs_folder: Path, processes: Processes
) -> None:
    # The first is killed while it trains, and the second waits no more.
    processes.ends[runs[0].id] = State.TRAINING
    runs[1].stop()
    dispatcher.dispatch(runs_folder)
    wait_until_idle(runs_folder)
    assert processes.begun == [runs[0].id, runs[2].id]
    states = [run.status().state for run in runs]
    assert states == [State.FAILED, State.STOPPED, State.FINISHED]


def test_one_whose_process_says_nothing_has_failed_and_holds_up_nobody(
    runs: list[Run], runs_folder: Path, processes: Processes
) -> None:
    processes.ends[runs[0].id] = None
    dispatcher.dispatch(runs_folder)
    wait_until_idle(runs_folder)
    assert processes.begun == [run.id for run in runs], "each once"
    status = runs[0].status()
    assert (status.state, "has died" in status.message) == (State.FAILED, True)
    assert runs[1].status().state is State.FINISHED


def test_one_that_cannot_begin_says_why(
    runs: list[Run], runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def carry_out(folder: Path) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(dispatcher, "carry_out", carry_out)
    dispatcher.dispatch(runs_folder)
    wait_until_idle(runs_folder)
    for run in runs:
        assert run.status().message == "It could not begin: Cannot allocate memory."


def test_nothing_begins_while_what_an_earlier_server_began_still_trains(
    runs: list[Run], runs_folder: Path, processes: Processes
) -> None:
    with turn(runs[2].folder):
        dispatcher.dispatch(runs_folder)
        time.sleep(0.2)
        assert processes.begun == []
    wait_until_idle(runs_folder)
    assert len(processes.begun) == 3


def test_one_process_dispatches_and_when_it_dies_another_does(
    runs: list[Run], runs_folder: Path, processes: Processes
) -> None:
    command = [sys.executable, "-c", LOCK, str(runs_folder / dispatcher._DISPATCHING)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"held\n"
        dispatcher.dispatch(runs_folder)
        dispatcher.dispatch(runs_folder)
        time.sleep(0.2)
        assert processes.begun == []
        other.kill()
        wait_until_idle(runs_folder)
    assert processes.begun == [run.id for run in runs], "each once"


def test_who_joins_as_the_last_one_ends_begins_too(runs_folder: Path, processes: Processes) -> None:
    runs = [Run.create(Configuration("dense"), runs_folder) for _ in range(30)]
    for run in runs:
        run.start()
    wait_until_idle(runs_folder)
    assert sorted(processes.begun) == [run.id for run in runs]
