import numpy as np
import pytest

from benchmarks import classic
from benchmarks.classic import ClassicRow, pixels
from benchmarks.figure import NotMeasuredError
from fmnist.datasets import DATASETS
from tests.small_dataset import make_split


def test_pixels_are_shares() -> None:
    values = pixels(np.full((2, 28, 28), 255, np.uint8))
    assert values.shape == (2, 784)
    assert (values == 1).all()


def test_gradients_of_a_method_see_edges() -> None:
    images = make_split(3, seed=1)[0]
    features = classic.gradients(images)
    assert features.shape == (3, 324)
    assert not classic.gradients(np.zeros((1, 28, 28), np.uint8)).any()


def test_a_row_has_a_cell_for_each_column() -> None:
    accuracy = {dataset.title: 0.5 for dataset in DATASETS.values()}
    cells = ClassicRow("Guessing", accuracy, 12.4).cells()
    assert len(cells) == len(ClassicRow.COLUMNS)
    assert cells[-1] == "12 s"


def test_without_scikit_learn_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classic, "find_spec", lambda name: None)
    with pytest.raises(NotMeasuredError, match="pip install --group classic"):
        classic.measure()
