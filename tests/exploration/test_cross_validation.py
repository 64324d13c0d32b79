from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.datasets import Split
from fmnist.exploration import cross_validation
from fmnist.exploration.cross_validation import deal, out_of_sample
from fmnist.training.configuration import Configuration
from fmnist.training.tasks.task import TrainingData
from tests.small_dataset import make_split


def test_every_class_is_dealt_into_all_folds_alike() -> None:
    labels = np.arange(200, dtype=np.uint8) % 10
    folds = deal(labels, 4)
    for label in range(10):
        assert np.bincount(folds[labels == label]).tolist() == [5] * 4
    np.testing.assert_array_equal(folds, deal(labels, 4))


class _Memory:
    """Stands for a network: it has learnt the images by heart, and is sure of 0 if it knows one."""

    def __init__(self, learnt: NDArray[np.uint8]) -> None:
        self.learnt = {image.tobytes() for image in learnt}

    def predict(self, images: NDArray[np.floating], **_: object) -> NDArray[np.float32]:
        known = [image.astype(np.uint8).tobytes() in self.learnt for image in images]
        return np.eye(10, dtype=np.float32)[np.where(known, 0, 1)]


def test_no_image_is_answered_by_who_has_learnt_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_CACHE_DIR", str(tmp_path))
    trained = []

    def train(configuration: Configuration, data: TrainingData) -> _Memory:
        images = np.concatenate([images for images, _ in _all(data)])
        trained.append(len(images))
        return _Memory(images.astype(np.uint8))

    monkeypatch.setattr(cross_validation, "train", train)
    images, labels = make_split(80, seed=3)
    split = Split(images, labels, "", False)
    configuration, told = Configuration("dense", validation_share=0.0), list[str]()
    probabilities = out_of_sample(configuration, split, 4, told.append)
    assert trained == [60] * 4
    assert told == [f"Fold {n} of 4" for n in range(1, 5)]
    assert (probabilities[:, 1] == 1).all(), "0 would be one that was learnt from"

    again = out_of_sample(configuration, split, 4)
    np.testing.assert_array_equal(again, probabilities)
    assert len(trained) == 4, "what is done is kept"
    out_of_sample(configuration, Split(images, labels[::-1].copy(), "", False), 4)
    assert len(trained) == 8, "other labels are another question"


def _all(data: TrainingData) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    batches = data.batches(0)
    return [batches[n] for n in range(len(batches))]
