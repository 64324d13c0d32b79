import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import Timeout

from fmnist.training.queue import (
    STATUS,
    STOP,
    ahead,
    is_alive,
    is_idle,
    is_training,
    living,
    turn,
    waiting,
)
from fmnist.training.run import Run
from fmnist.training.status import State, Status
from fmnist.training.worker import work


def place(runs: Path, name: str, state: State) -> Path:
    (runs / name).mkdir()
    Status(state).write(runs / name / STATUS)
    return runs / name


def test_a_run_is_alive_as_long_as_its_lock_is_held(tmp_path: Path) -> None:
    assert not is_alive(tmp_path)
    with living(tmp_path):
        assert is_alive(tmp_path)
        assert is_alive(tmp_path), "looking must not let go of it"
    assert not is_alive(tmp_path)


def test_a_run_has_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fmnist.training.queue._PATIENCE", 0.1)
    with living(tmp_path), pytest.raises(Timeout), living(tmp_path):
        pass


def test_a_second_process_of_a_run_does_nothing(
    new_run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = new_run()
    monkeypatch.setattr("fmnist.training.queue._PATIENCE", 0)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with living(run.folder):
        work(run)
    assert not (run.folder / "status.json").exists()


def test_a_run_whose_folder_is_gone_has_a_status_all_the_same(new_run: Callable[..., Run]) -> None:
    run = new_run()
    shutil.rmtree(run.folder)
    assert run.status() == Status(State.FAILED, message="Its folder has been removed.")


def test_the_queue_is_in_order_of_creation_behind_the_one_that_trains(tmp_path: Path) -> None:
    runs = [place(tmp_path, name, State.WAITING) for name in ("3", "1", "2", "0")]
    (tmp_path / "0" / STOP).touch()
    training = place(tmp_path, "4", State.TRAINING)
    place(tmp_path, "5", State.FINISHED)
    assert [folder.name for folder in waiting(tmp_path)] == ["1", "2", "3"]
    assert [ahead(folder) for folder in runs] == [2, 0, 1, 0]
    with living(training):
        assert [ahead(folder) for folder in runs] == [3, 1, 2, 1]


def test_who_waited_in_a_process_of_an_earlier_version_is_not_in_the_queue(tmp_path: Path) -> None:
    Status(State.WAITING, pid=7).write(place(tmp_path, "1", State.WAITING) / STATUS)
    assert waiting(tmp_path) == []
    assert ahead(place(tmp_path, "2", State.WAITING)) == 0


def test_a_turn_is_one_run_s_at_a_time(tmp_path: Path) -> None:
    assert is_idle(tmp_path)
    for name in ("1", "2"):
        with turn(place(tmp_path, name, State.STARTING)):
            assert is_training(tmp_path) and not is_idle(tmp_path)
        assert not is_training(tmp_path)
    place(tmp_path, "3", State.WAITING)
    assert not is_idle(tmp_path)
    assert is_idle(tmp_path / "nothing")
