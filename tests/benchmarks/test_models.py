from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks import models
from benchmarks.figure import NotMeasuredError
from benchmarks.models import ModelRow, measure
from benchmarks.row import table
from fmnist.datasets import DATASETS, DataUnavailableError
from fmnist.inference.classifier import Classifier
from fmnist.models import Entry, ModelStore


@pytest.fixture
def one(data: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    """A store in which the dense model can be used, and another cannot."""
    entries = [ModelStore(models_folder).entry("dense"), Entry("spoilt", None, "It is damaged.")]
    monkeypatch.setattr(ModelStore, "entries", lambda self: entries)
    return ModelStore(models_folder)


def classify(store: ModelStore, name: str, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    return Classifier(store.twin(name), 10).outputs(images)


def test_models_stand_beside_published_figures(one: ModelStore) -> None:
    rows = measure()
    assert [row.accuracy for row in rows] == sorted(row.accuracy for row in rows)
    (dense,) = (row for row in rows if row.interval)
    card = one.card("dense")
    assert dense.accuracy == pytest.approx(card.metrics["test_accuracy"], abs=1e-9)
    assert (dense.parameters, dense.multiply_adds) == (101_770, 101_632)
    test = DATASETS["fashion-mnist"].load("test")
    sides = [classify(one, "dense", images) for images in (test.images, test.images[:, :, ::-1])]
    right = (np.mean(sides, axis=0).argmax(axis=1) == test.labels).mean()
    assert dense.both_sides == pytest.approx(right) != dense.accuracy
    assert dense.row().endswith(f"`{card.command}` |")
    assert {"People", "ResNet-20"} <= {row.model for row in rows}
    lines = table(rows)
    assert {line.count("|") for line in lines} == {len(ModelRow.COLUMNS) + 1}


def test_the_chart_has_both_ours_and_what_is_published(one: ModelStore) -> None:
    svg = ModelRow.picture()
    assert svg.startswith("<svg")
    assert ">dense</text>" in svg and ">ResNet-20</text>" in svg
    assert ">digits-dense</text>" not in svg


def test_a_published_range_is_written_as_one() -> None:
    row = ModelRow("clothes", "CNNs", "somewhere", 0.948, lowest=0.934)
    assert row.row().startswith("| clothes | CNNs |  | 0.9340–0.9480 |  |")


def test_without_images_nothing_is_measured(
    one: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise DataUnavailableError("They are not here.", ())

    monkeypatch.setattr(models, "measure_test", missing)
    with pytest.raises(NotMeasuredError, match="They are not here"):
        measure()
