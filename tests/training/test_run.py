"""Runs as they are: processes of their own, stopped, killed and in the queue."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from fmnist import settings
from fmnist.datasets import DATASETS
from fmnist.evaluation.metrics import evaluate
from fmnist.inference.classifier import Classifier
from fmnist.models import ModelStore
from fmnist.storage import append_row
from fmnist.training.configuration import Configuration
from fmnist.training.queue import ahead
from fmnist.training.run import Run
from fmnist.training.runs import begun, list_runs, unreadable_runs
from fmnist.training.status import State, Status
from tests.training.conftest import wait, wait_until_over

NewRun = Callable[..., Run]


def test_runs_are_listed_newest_first(new_run: NewRun, runs_folder: Path) -> None:
    assert list_runs() == []
    runs = [new_run(epochs=epochs) for epochs in (1, 2, 3)]
    assert settings.runs_folder() == runs_folder
    assert [run.id for run in list_runs()] == [run.id for run in reversed(runs)]
    assert [run.configuration.epochs for run in list_runs()] == [3, 2, 1]
    assert runs[0].status().state is State.WAITING
    assert (runs[0].history(), runs[0].curve(), runs[0].result()) == ([], [], None)


def test_a_run_that_cannot_be_read_is_left_out(new_run: NewRun, runs_folder: Path) -> None:
    run = new_run()
    (runs_folder / "0").mkdir()
    (runs_folder / "0" / "configuration.json").write_text('{"architecture": "gone"}')
    assert [found.id for found in list_runs()] == [run.id]


@pytest.mark.parametrize("text", ["", "[]", "7", '{"epochs": "many"}', "[" * 200_000, '"\\ud800"'])
def test_a_run_that_cannot_be_read_is_named_with_the_reason(
    text: str, new_run: NewRun, runs_folder: Path
) -> None:
    run = new_run()
    (runs_folder / "0").mkdir()
    (runs_folder / "0" / "configuration.json").write_text(text)
    assert [found.id for found in list_runs()] == [run.id]
    ((name, reason),) = unreadable_runs().items()
    assert name == "0"
    assert reason


def test_a_spoilt_status_stops_nobody_else(new_run: NewRun) -> None:
    spoilt, run = new_run(), new_run()
    (spoilt.folder / "status.json").write_text('{"state": "train')
    (spoilt.folder / "alive.lock").touch()
    assert ahead(run.folder) == 0
    assert spoilt.status().state is State.FAILED
    assert "cannot be read" in spoilt.status().message


def test_a_copied_folder_is_a_run_like_any_other(new_run: NewRun) -> None:
    run = new_run()
    copy = Run(run.folder.with_name(f"{run.id} (copy)"))
    shutil.copytree(run.folder, copy.folder)
    assert [found.id for found in list_runs()] == [copy.id, run.id]
    assert abs((copy.created - run.created).total_seconds()) < 60


@pytest.mark.parametrize("spoil", [lambda data: data[: len(data) // 2], lambda data: b"\x00\xff"])
def test_what_is_cut_or_spoilt_of_a_run_is_passed_over(
    spoil: Callable[[bytes], bytes], new_run: NewRun
) -> None:
    run = new_run()
    for name in ("history.csv", "curve.csv"):
        append_row(run.folder / name, {"epoch": 1, "accuracy": 0.5, "loss": 1.0})
        append_row(run.folder / name, {"epoch": 2, "accuracy": 0.6, "loss": 0.9})
    result = {"accuracy": 0.5, "loss": 1.0, "n": 10, "confusion_matrix": [[1, 2], [3, 4]]}
    (run.folder / "result.json").write_text(json.dumps(result))
    assert run.result() == result
    assert len(run.history()) == len(run.curve()) == 2
    for name in ("history.csv", "curve.csv", "result.json"):
        path = run.folder / name
        path.write_bytes(spoil(path.read_bytes()))
    assert run.result() is None
    for row in (*run.history(), *run.curve()):
        assert row == {"epoch": 1, "accuracy": 0.5, "loss": 1.0}


def test_a_result_of_something_else_is_none(new_run: NewRun) -> None:
    run = new_run()
    for text in ('{"accuracy": "high", "loss": 1, "n": 1, "confusion_matrix": [[1]]}', "[]", "{}"):
        (run.folder / "result.json").write_text(text)
        assert run.result() is None


def test_a_run_that_died_of_a_full_disk_says_so(new_run: NewRun) -> None:
    run = new_run()
    Status(State.TRAINING, pid=1).write(run.folder / "status.json")
    (run.folder / "log.txt").write_text("OSError: [Errno 28] No space left on device\n")
    assert "as its disk is full" in run.status().message
    (run.folder / "log.txt").write_text("Killed\n")
    assert "perhaps for lack of memory" in run.status().message


def test_what_is_fine_tuned_with_my_images_is_never_resumed(new_run: NewRun) -> None:
    run = new_run()
    again = begun(run.configuration)
    assert again and again.id == run.id
    mine = new_run(start_from="cnn")
    assert begun(mine.configuration) is None


def test_a_run_of_an_earlier_version_is_read(runs_folder: Path) -> None:
    for place, values in enumerate(
        ({"extras": "everyday", "photos": "p"}, {"extras": "none", "teacher": "cnn"})
    ):
        (runs_folder / str(place)).mkdir(parents=True)
        text = json.dumps({"architecture": "dense", **values})
        (runs_folder / str(place) / "configuration.json").write_text(text)
    assert [run.configuration.task for run in list_runs()] == ["distillation", "mixture"]


def test_one_trains_the_others_wait_in_the_queue_and_all_can_be_stopped(new_run: NewRun) -> None:
    # One batch holds all the images: as long as a batch can be.
    first, *others = (
        new_run(architecture="cnn", epochs=1000, batch_size=1024, seed=seed) for seed in range(3)
    )
    first.start()
    wait(first, lambda status: status.state is State.STARTING)
    for run in reversed(others):
        run.start()
    second, third = others
    assert wait(third, lambda status: status.position == 2).state is State.WAITING
    assert wait(second, lambda status: status.position == 1).pid is None, "it waits on disk alone"

    # In the queue.
    third.stop()
    assert wait_within_two_seconds(third).state is State.STOPPED
    assert not third.model.exists()

    # In the middle of an epoch.
    wait(first, lambda status: status.state is State.TRAINING and status.epoch > 0)
    first.stop()
    status = wait_within_two_seconds(first)
    assert status.state in (State.EVALUATING, State.STOPPED)
    status = wait_until_over(first)
    assert status.state is State.STOPPED, first.log()
    assert "what was reached is kept" in status.message
    result = first.result()
    assert result is not None
    assert result["n"] == 200
    assert ModelStore(first.folder).entry("model").problem == ""

    # While TensorFlow is loading.
    status = wait(second, lambda status: status.state is State.STARTING)
    time.sleep(0.5)
    second.stop()
    status = wait_within_two_seconds(second)
    assert status.state is State.STOPPED
    assert "no model" in status.message
    assert not second.model.exists()


def test_a_run_is_stopped_early_even_if_its_starter_ignores_the_signal(new_run: NewRun) -> None:
    run = new_run(epochs=1000)
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        run.start()
    finally:
        signal.signal(signal.SIGTERM, before)
    wait(run, lambda status: status.state is State.STARTING)
    run.stop()
    assert wait_within_two_seconds(run).state is State.STOPPED


def wait_within_two_seconds(run: Run) -> Status:
    """Wait until a run that was just stopped learns no more."""
    began = time.monotonic()
    running = (State.WAITING, State.STARTING, State.TRAINING)
    status = wait(run, lambda status: status.state not in running)
    assert time.monotonic() - began < 2
    return status


def test_a_run_that_was_killed_goes_on_from_its_checkpoint_to_its_model(
    new_run: NewRun, tmp_path: Path
) -> None:
    epochs = list(range(1, 25))
    run = new_run(epochs=len(epochs), limit=500)
    run.start()
    pid = wait(run, lambda status: status.epoch >= 3).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    status = wait_until_over(run)
    assert status.state is State.FAILED
    assert "has died" in status.message
    deadline = time.monotonic() + 2
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not psutil.pid_exists(pid), "nobody awaited its end"
    assert len(run.history()) >= 3

    run.start()
    status = wait_until_over(run)
    assert status.state is State.FINISHED, run.log()
    assert run.log().count("epoch 1,") == 1
    assert (status.epoch, status.epochs, status.progress) == (len(epochs), len(epochs), 1)
    assert 0 < status.elapsed < 90
    history = run.history()
    assert [row["epoch"] for row in history] == epochs
    assert history[-1]["val_accuracy"] > 0.7
    curve = run.curve()
    places = [row["epoch"] for row in curve]
    assert places == sorted(set(places))
    assert [place for place in places if place == int(place)] == epochs
    assert all(0 <= row["accuracy"] <= 1 and row["loss"] >= 0 for row in curve)
    # The first is of one batch of 15, seen before a weight has changed.
    assert places[0] == pytest.approx(1 / 15)
    assert not (run.folder / "checkpoints").exists()

    store = ModelStore(tmp_path / "models")
    card = store.adopt(run.model, "mine")
    assert [entry.problem for entry in store.entries()] == [""]
    assert card.split == {"train": 459, "validation": 41, "test": 200}
    assert card.command == run.configuration.command()
    assert [row["epoch"] for row in store.history("mine")] == epochs
    test = DATASETS["fashion-mnist"].load("test")
    answers = Classifier(store.twin("mine"), 10, card.temperature).predict_proba(test.images)
    measured, result = evaluate(answers, test.labels), run.result()
    assert result is not None
    assert measured.accuracy == result["accuracy"] == card.metrics["test_accuracy"]
    assert measured.loss == pytest.approx(result["loss"], abs=1e-5)
    assert measured.confusion_matrix.tolist() == result["confusion_matrix"]


def test_without_data_a_run_fails_with_the_sentence(
    new_run: NewRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_DATA_DIR", str(tmp_path / "nothing"))
    run = new_run(dataset="mnist")
    run.start()
    status = wait_until_over(run)
    assert status.state is State.FAILED
    assert "are not on this machine" in status.message


def test_a_process_that_says_nothing_has_failed_when_it_is_dead_and_not_before(
    new_run: NewRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fmnist.training.run._PATIENCE", 0)
    script, go = tmp_path / "python", tmp_path / "go"
    script.write_text(f"#!/bin/sh\necho here\nwhile [ ! -e {go} ]; do sleep 0.02; done\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    run = new_run()
    run.start()
    assert wait(run, lambda _: "here" in run.log()).state is State.WAITING
    go.touch()
    status = wait_until_over(run)
    assert (status.state, "has died" in status.message) == (State.FAILED, True)


def test_a_run_that_could_not_even_join_the_queue_has_failed(
    new_run: NewRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fmnist.training.run._PATIENCE", 0)
    status = new_run().status()
    assert (status.state, status.message) == (State.FAILED, "It was made and never begun.")


def test_a_run_that_was_stopped_before_its_process_came_up(new_run: NewRun) -> None:
    run = new_run()
    run.stop()
    assert run.status().state is State.STOPPED
    command = [sys.executable, "-m", "fmnist", "worker", str(run.folder)]
    # In a session of its own, as ours would keep the niceness that it takes.
    subprocess.run(command, check=True, start_new_session=True)
    assert run.status().state is State.STOPPED
    assert run.history() == []


def test_what_the_page_imports_needs_no_keras() -> None:
    code = "import fmnist.training.run, sys; sys.exit('keras' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert Configuration().architecture == "cnn"
