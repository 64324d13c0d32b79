from pathlib import Path

import numpy as np
import pytest
import typer
from numpy.typing import NDArray
from typer.testing import CliRunner

from fmnist import settings
from fmnist.commands.issues import issues
from fmnist.datasets import DATASETS, Split, SplitName
from fmnist.exploration import cross_validation
from fmnist.exploration.issues import data_digest, read_issues
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.training.configuration import Configuration
from tests.small_dataset import make_idx_dataset

app = typer.Typer()
app.command()(issues)


@pytest.fixture
def exploration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own folder for what is found, and a small data set."""
    folder = tmp_path / "exploration"
    monkeypatch.setattr(settings, "EXPLORATION", folder)
    monkeypatch.setenv("FMNIST_DATA_DIR", str(make_idx_dataset(tmp_path / "data")))
    return folder


def test_it_finds_what_networks_doubt(
    exploration: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def out_of_sample(
        configuration: Configuration, split: Split, n_folds: int, tell: object
    ) -> NDArray[np.float32]:
        asked.append((configuration.architecture, configuration.epochs, n_folds))
        probabilities = np.eye(10, dtype=np.float32)[split.labels]
        probabilities[5] = np.eye(10)[(split.labels[5] + 1) % 10]
        return probabilities

    monkeypatch.setattr(cross_validation, "out_of_sample", out_of_sample)
    result = CliRunner().invoke(app, ["fashion-mnist", "--folds", "3", "--epochs", "2"])
    assert result.exit_code == 0, result.output
    assert asked == [("cnn", 2, 3)]
    assert "doubtful labels 1 train" in result.stdout

    dataset, halves = DATASETS["fashion-mnist"], {}
    names: tuple[SplitName, ...] = ("train", "test")
    for name in names:
        split = dataset.load(name)
        halves[name] = (OutputsKey.of("", split.images).images, split.labels)
    found = read_issues(settings.issues_file("fashion-mnist"), data_digest(halves))
    assert found
    assert found.labels["train"].images.tolist() == [5]
    assert found.made.accuracy == pytest.approx(599 / 600)
    assert found.made.command == "python -m fmnist issues fashion-mnist --folds 3 --epochs 2"
    assert settings.issues_file("fashion-mnist").parent == exploration


def test_without_a_model_nobody_answers_the_test_images(
    exploration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "none"))
    monkeypatch.setattr(
        cross_validation, "out_of_sample", lambda _, split, *__: np.eye(10)[split.labels]
    )
    result = CliRunner().invoke(app, [])
    assert result.exit_code == 1
    assert "There is no model of Fashion-MNIST" in result.stderr
    assert not exploration.exists()


def test_an_unknown_data_set_is_a_sentence(exploration: Path) -> None:
    result = CliRunner().invoke(app, ["cifar-10"])
    assert result.exit_code == 2
    assert "is no data set" in result.stderr
