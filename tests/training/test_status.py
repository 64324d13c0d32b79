import time
from pathlib import Path

import pytest

from fmnist.training.status import State, Status


def test_it_survives_the_disk(tmp_path: Path) -> None:
    status = Status(State.TRAINING, epoch=1, epochs=3, step=5, steps_per_epoch=10, pid=42)
    status.write(tmp_path / "status.json")
    assert Status.read(tmp_path / "status.json") == status
    assert [path.name for path in tmp_path.iterdir()] == ["status.json"]


def test_none_was_written_yet(tmp_path: Path) -> None:
    assert Status.read(tmp_path / "status.json") is None


def test_progress_counts_epochs_and_steps() -> None:
    assert Status(epoch=1, epochs=4, step=5, steps_per_epoch=10).progress == pytest.approx(0.375)
    assert Status(epoch=2, epochs=4).progress == pytest.approx(0.5)
    assert Status().progress == 0


def test_elapsed_counts_from_its_turn_to_its_end() -> None:
    assert Status().elapsed == 0
    assert Status(began=100.0, ended=130.0).elapsed == 30
    assert Status(began=time.time() - 5).elapsed == pytest.approx(5, abs=1)


def test_every_state_knows_whether_it_is_over() -> None:
    assert {state for state in State if state.over} == {"finished", "stopped", "failed"}
    assert {state for state in State if state.early} == {"waiting", "starting"}
