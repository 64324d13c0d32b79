from contextlib import ExitStack
from pathlib import Path

import pytest
from filelock import Timeout

from fmnist.training.queue import STATUS, ahead, is_alive, living, turn
from fmnist.training.status import State, Status


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


def test_the_queue_is_in_order_of_creation_behind_the_one_that_trains(tmp_path: Path) -> None:
    waiting = [place(tmp_path, name, State.WAITING) for name in ("1", "2", "3")]
    training = place(tmp_path, "4", State.TRAINING)
    place(tmp_path, "0", State.FINISHED)
    with ExitStack() as processes:
        for folder in (*waiting, training):
            processes.enter_context(living(folder))
        assert [ahead(folder) for folder in waiting] == [1, 2, 3]


def test_who_has_died_is_not_in_the_queue(tmp_path: Path) -> None:
    place(tmp_path, "1", State.TRAINING)
    place(tmp_path, "2", State.WAITING)
    assert ahead(place(tmp_path, "3", State.WAITING)) == 0


def test_a_turn_is_taken_and_given_back(tmp_path: Path) -> None:
    for name in ("1", "2"):
        with turn(place(tmp_path, name, State.WAITING)):
            assert (tmp_path / ".training.lock").exists()
