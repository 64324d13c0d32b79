"""Answers are computed when somebody asks, once, and are the classifier's."""

from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.inference.classifier import Classifier
from fmnist.inference.predictions import Answers
from fmnist.models import ModelStore
from tests.small_dataset import make_split


class Counting(Classifier):
    """A classifier that counts the images it is asked about."""

    asked = 0

    def predict_proba(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.asked += len(images)
        return super().predict_proba(images)


@pytest.fixture
def classifier(trained_models: Path) -> Counting:
    store = ModelStore(trained_models)
    return Counting(store.twin(store.names()[0]), 10)


@pytest.fixture(scope="module")
def images() -> NDArray[np.uint8]:
    return make_split(600, seed=5)[0]


def test_answers_are_the_classifiers(classifier: Counting, images: NDArray[np.uint8]) -> None:
    indices = np.array([7, 3, 599, 3])
    np.testing.assert_allclose(
        Answers(classifier, images).of(indices),
        classifier.predict_proba(images[indices]),
        atol=1e-6,
    )


def test_no_image_is_asked_about_twice(classifier: Counting, images: NDArray[np.uint8]) -> None:
    answers = Answers(classifier, images)
    answers.of(np.array([1, 2, 2, 3]))
    answers.of(np.array([2, 3, 4]))
    assert classifier.asked == 4
    assert not answers.complete
    answers.all()
    assert classifier.asked == len(images)
    assert answers.complete
    answers.all()
    assert classifier.asked == len(images)


def test_progress_rises_to_one(classifier: Counting, images: NDArray[np.uint8]) -> None:
    shares: list[float] = []
    answers = Answers(classifier, images)
    answers.all(shares.append)
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] == 1
    answers.all(shares.append)
    assert shares.count(1) == 1  # nothing was left to do


def test_no_indices_give_no_answers(classifier: Counting, images: NDArray[np.uint8]) -> None:
    assert Answers(classifier, images).of(np.array([], np.intp)).shape == (0, 10)


def test_sessions_may_ask_at_once(classifier: Counting, images: NDArray[np.uint8]) -> None:
    answers = Answers(classifier, images)
    threads = [Thread(target=answers.all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose(answers.all(), classifier.predict_proba(images), atol=1e-6)
