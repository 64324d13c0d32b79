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


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "\x00",
        "[" * 200_000,
        '{"state": "dreaming"}',
        '{"state": ["training"]}',
        '{"state": "training", "epoch": "three"}',
        '{"state": "training", "pid": [1]}',
        '{"state": "training", "message": null}',
    ],
)
def test_what_cannot_be_read_has_failed_and_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "status.json").write_text(text)
    status = Status.read(tmp_path / "status.json")
    assert status and status.state is State.FAILED
    assert "status.json cannot be read" in status.message


def test_a_folder_in_its_place_has_failed_too(tmp_path: Path) -> None:
    (tmp_path / "status.json").mkdir()
    status = Status.read(tmp_path / "status.json")
    assert status and status.state is State.FAILED


def test_what_a_newer_version_wrote_beside_it_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "status.json").write_text('{"state": "training", "epoch": 2, "mood": "calm"}')
    assert Status.read(tmp_path / "status.json") == Status(State.TRAINING, epoch=2)
