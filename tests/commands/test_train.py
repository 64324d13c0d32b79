import errno
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from fmnist.__main__ import cli
from fmnist.datasets import DATASETS
from fmnist.models import ModelStore
from fmnist.my_images import default_collection
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.runs import list_runs
from fmnist.training.status import State, Status
from fmnist.training.tasks.fine_tuning import DEFAULTS as FINE_TUNING
from tests.small_dataset import make_idx_dataset


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs_folder: Path) -> ModelStore:
    """A store for what is trained here, on the small data set."""
    monkeypatch.setenv("FMNIST_DATA_DIR", str(make_idx_dataset(tmp_path / "data")))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "models"))
    return ModelStore(tmp_path / "models")


def test_it_trains_and_keeps_the_model(models: ModelStore, in_this_process: None) -> None:
    (models.root / "dense").mkdir(parents=True)
    result = CliRunner().invoke(cli, ["train", "dense", "--epochs", "2", "--batch-size", "32"])
    assert result.exit_code == 0, result.output
    card = models.card("dense-2")
    assert f"dense-2: test accuracy {card.metrics['test_accuracy']:.4f}" in result.stdout
    assert "Epoch 2/2: accuracy 0." in result.stderr
    assert card.command == "python -m fmnist train dense --epochs 2 --batch-size 32"
    assert len(models.history("dense-2")) == 2


def test_runs_that_cannot_be_written_are_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FMNIST_RUNS_DIR", str(tmp_path / "file" / "runs"))
    result = CliRunner().invoke(cli, ["train", "dense", "--epochs", "1"])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "Not a directory. Expected a folder that can be written" in result.stderr


def test_what_was_trained_is_not_lost_where_no_model_can_be_put(
    models: ModelStore, in_this_process: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ModelStore, "adopt", full)
    command = ["train", "dense", "--epochs", "1", "--batch-size", "32"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 1
    [run] = list_runs()
    assert f"What was trained is in {run.model}, and could not be put among" in result.stderr
    assert "No space left on device" in result.stderr


def test_a_recipe_gives_way_to_what_is_said_beside_it(
    models: ModelStore, in_this_process: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fmnist.settings.RECIPES", recipe_folder(models.root.parent))
    result = CliRunner().invoke(cli, ["train", "--recipe", "quick", "--epochs", "1"])
    assert result.exit_code == 0, result.output
    configuration = models.card("quick").configuration
    assert (configuration["architecture"], configuration["batch_size"]) == ("dense", 32)
    assert configuration["epochs"] == 1


def recipe_folder(parent: Path) -> Path:
    folder = parent / "recipes"
    folder.mkdir()
    recipe = '{"architecture": "dense", "batch_size": 32, "epochs": 2}'
    (folder / "quick.json").write_text(recipe)
    return folder


def test_a_ctrl_c_keeps_what_was_reached(models: ModelStore) -> None:
    command = [sys.executable, "-m", "fmnist", "train", "dense", "--epochs", "1000"]
    process = subprocess.Popen(
        [*command, "--name", "mine"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Who runs the tests in the background of a shell has Ctrl-C ignored, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 90
    while not (runs := list_runs()) or len(runs[0].history()) < 3:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=90)
    assert process.returncode == 130
    assert "what was reached is kept" in stderr
    assert "Traceback" not in stderr
    card = models.card("mine")
    assert f"mine: test accuracy {card.metrics['test_accuracy']:.4f}" in stdout
    assert 3 <= card.metrics["epochs"] < 1000


def test_mistakes_are_sentences(models: ModelStore) -> None:
    for arguments, code, sentence in (
        (["resnext"], 2, "architecture: expected one of dense, course-cnn, cnn, "),
        (["dense", "--epochs", "0"], 2, "epochs: expected a whole number of 1 to 1,000; got 0."),
        (["cnn", "--dropout", "0"], 2, "dropout: expected nothing, for the architecture cnn"),
        (["dense", "--filters", "64-64"], 2, "filters: expected nothing, for the architecture"),
        (["--recipe", "cake"], 2, "Expected a recipe of "),
        (["--recipe", "everyday"], 2, "photos: expected a folder of photos"),
        (["--start-from", "gone"], 1, "The model gone cannot be used: card.json is missing"),
        (["--teacher", "gone"], 1, "There is no model called gone to learn from"),
        (["--start-from", "x", "--recipe", "cnn"], 2, "a recipe or a model to start from"),
        (["dense", "--name", "No Name"], 1, "lower-case letters, digits and hyphens"),
    ):
        result = CliRunner().invoke(cli, ["train", *arguments], env={"COLUMNS": "200"})
        assert result.exit_code == code
        assert sentence in result.stderr
        assert "Traceback" not in result.output
    assert list_runs() == []


def test_a_model_goes_on_with_my_images_as_it_was_built(
    models: ModelStore, trained_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(trained_models / "dense", models.root / "first")
    begun: list[Configuration] = []

    def begin(run: Run) -> None:
        begun.append(run.configuration)
        Status(State.FAILED, message="There are no images of yours.").write(
            run.folder / "status.json"
        )

    monkeypatch.setattr(Run, "start", begin)
    for options in ([], ["--epochs", "5"]):
        result = CliRunner().invoke(cli, ["train", "--start-from", "first", *options])
        assert result.exit_code == 1
        assert "no images of yours" in result.stderr
    short = Configuration("dense", task="fine-tuning", start_from="first", **FINE_TUNING)
    assert begun == [short, replace(short, epochs=5)]
    again = CliRunner().invoke(cli, shlex.split(short.command())[3:])
    assert "no images of yours" in again.stderr
    assert begun[2] == short


def test_a_teacher_is_named_by_a_recipe_or_beside_it(
    models: ModelStore, trained_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first", "second"):
        shutil.copytree(trained_models / "dense", models.root / name)
    folder = recipe_folder(models.root.parent)
    (folder / "taught.json").write_text('{"architecture": "dense", "teacher": "first"}')
    monkeypatch.setattr("fmnist.settings.RECIPES", folder)
    taught: list[str] = []

    def begin(run: Run) -> None:
        taught.append(run.configuration.teacher)
        Status(State.FAILED, message="Enough.").write(run.folder / "status.json")

    monkeypatch.setattr(Run, "start", begin)
    for options in (["--recipe", "taught"], ["--recipe", "taught", "--teacher", "second"]):
        assert "Enough." in CliRunner().invoke(cli, ["train", *options]).stderr
    second = Configuration.of({"architecture": "dense", "teacher": "second"})
    spelt_out = shlex.split(second.command())
    assert "Enough." in CliRunner().invoke(cli, spelt_out[3:]).stderr
    assert taught == ["first", "second", "second"]


def test_a_model_that_is_fine_tuned_is_named_after_it(
    models: ModelStore, trained_models: Path, my_images_folder: Path, in_this_process: None
) -> None:
    shutil.copytree(trained_models / "dense", models.root / "first")
    mine = default_collection(DATASETS["fashion-mnist"])
    mine.add(np.full((28, 28), 99, np.uint8), 3, "drawing")
    command = ["train", "--start-from", "first", "--epochs", "1", "--limit", "200"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    card = models.card("first-2")
    assert f"test accuracy {card.metrics['test_accuracy']:.4f} (before: " in result.stdout
    assert "on my 1 images, which it has seen, " in result.stdout


def test_a_run_that_fails_says_why(
    models: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(run: Run) -> None:
        Status(State.FAILED, message="There is no data.").write(run.folder / "status.json")

    monkeypatch.setattr(Run, "start", fail)
    result = CliRunner().invoke(cli, ["train", "dense"], env={"COLUMNS": "200"})
    assert result.exit_code == 1
    assert result.stderr.startswith("There is no data.\nIts log is ")
    assert models.names() == []
