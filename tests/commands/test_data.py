from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner, Result

from fmnist.commands.data import data
from fmnist.datasets import DATASETS
from fmnist.datasets.formats import kaggle
from tests.datasets.conftest import Published, write
from tests.datasets.server import LocalServer

app = typer.Typer()
app.command()(data)
Run = Callable[..., Result]


@pytest.fixture
def run(keras: Path, published: Published, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setitem(DATASETS, "fashion-mnist", published.dataset)
    return lambda *arguments: CliRunner().invoke(app, arguments, env={"COLUMNS": "1000"})


def test_it_lists_every_split_of_every_data_set(
    run: Run, keras: Path, published: Published
) -> None:
    write(keras, published.packed, only="t10k")
    result = run()
    assert result.exit_code == 0
    _, train, test, *others = result.stdout.splitlines()
    assert train.split()[:4] == ["Fashion-MNIST", "train", "0", "not"]
    assert test.split()[:4] == ["Fashion-MNIST", "test", "20", "yes"]
    assert f"Keras's cache, {keras}" in test
    assert len(others) == 2 * (len(DATASETS) - 1)


def test_it_fetches_what_is_missing(
    run: Run, keras: Path, published: Published, server: LocalServer
) -> None:
    write(keras, published.packed, only="t10k")
    result = run("fashion-mnist", "--fetch")
    assert result.exit_code == 0
    assert set(server.requests) == {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"}
    assert result.stdout.splitlines()[1].split()[:4] == ["Fashion-MNIST", "train", "60", "yes"]


def test_a_fetch_that_fails_is_a_sentence_and_an_exit_code(run: Run) -> None:
    result = run("fashion-mnist", "--fetch")
    assert result.exit_code == 1
    assert "The train images of Fashion-MNIST are not on this machine." in result.stderr
    assert "127.0.0.1:1 could not be reached" in result.stderr
    assert "Traceback" not in result.output


def test_an_unknown_data_set_is_a_sentence(run: Run) -> None:
    result = run("cifar-10")
    assert result.exit_code == 2
    assert "is no data set" in result.stderr


def test_both_splits_are_exported_in_kaggle_s_form(
    run: Run, keras: Path, published: Published, tmp_path: Path
) -> None:
    write(keras, published.packed)
    result = run("fashion-mnist", "--csv", str(tmp_path / "csv"))
    assert result.exit_code == 0
    for split, (images, labels) in published.arrays.items():
        with (tmp_path / "csv" / f"fashion-mnist_{split}.csv").open("rb") as file:
            content = kaggle.read(file)
        np.testing.assert_array_equal(content.images, images)
        np.testing.assert_array_equal(content.labels, labels)


def test_an_export_without_data_is_a_sentence(run: Run, tmp_path: Path) -> None:
    result = run("fashion-mnist", "--csv", str(tmp_path / "csv"))
    assert result.exit_code == 1
    assert "The train images of Fashion-MNIST are not on this machine." in result.stderr
    assert "Traceback" not in result.output
