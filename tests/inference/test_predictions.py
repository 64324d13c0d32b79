"""Predictions are computed when somebody asks, once, and are the classifier's."""

from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.inference.classifier import Classifier
from fmnist.inference.predictions import Predictions
from fmnist.models import ModelStore
from tests.small_dataset import make_split


class Counting(Classifier):
    """A classifier that counts the images it is asked about."""

    asked = 0

    def outputs(self, images: NDArray[np.uint8], *, flips: bool = False) -> NDArray[np.float32]:
        self.asked += len(images)
        return super().outputs(images, flips=flips)


@pytest.fixture
def classifier(trained_models: Path) -> Counting:
    store = ModelStore(trained_models)
    return Counting(store.twin(store.names()[0]), 10)


@pytest.fixture(scope="module")
def images() -> NDArray[np.uint8]:
    return make_split(600, seed=5)[0]


def test_predictions_are_the_classifiers(classifier: Counting, images: NDArray[np.uint8]) -> None:
    indices = np.array([7, 3, 599, 3])
    np.testing.assert_allclose(
        Predictions(classifier, images).of(indices),
        classifier.predict_proba(images[indices]),
        atol=3e-4,
    )


def test_no_image_is_asked_about_twice(classifier: Counting, images: NDArray[np.uint8]) -> None:
    predictions = Predictions(classifier, images)
    predictions.of(np.array([1, 2, 2, 3]))
    predictions.of(np.array([2, 3, 4]))
    assert classifier.asked == 4
    assert not predictions.complete
    predictions.all()
    assert classifier.asked == len(images)
    assert predictions.complete
    predictions.all()
    assert classifier.asked == len(images)


def test_progress_rises_to_one(classifier: Counting, images: NDArray[np.uint8]) -> None:
    shares: list[float] = []
    predictions = Predictions(classifier, images)
    predictions.all(shares.append)
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] == 1
    predictions.all(shares.append)
    assert shares.count(1) == 1  # nothing was left to do


def test_no_indices_give_no_predictions(classifier: Counting, images: NDArray[np.uint8]) -> None:
    assert Predictions(classifier, images).of(np.array([], np.intp)).shape == (0, 10)


def test_sessions_may_ask_at_once(classifier: Counting, images: NDArray[np.uint8]) -> None:
    predictions = Predictions(classifier, images)
    threads = [Thread(target=predictions.all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert classifier.asked == len(images), "each works for all"
    np.testing.assert_allclose(predictions.all(), classifier.predict_proba(images), atol=3e-4)


def test_one_is_what_all_are(classifier: Counting, images: NDArray[np.uint8]) -> None:
    predictions = Predictions(classifier, images)
    one = predictions.one(7)
    probabilities, scores = Classifier.predict(classifier, images[7:8])
    np.testing.assert_allclose(one.probabilities, probabilities[0], atol=3e-4)
    assert one.ood_score == pytest.approx(float(scores[0]), abs=3e-4)
    predictions.all()
    assert (predictions.one(7).probabilities == one.probabilities).all()


def test_what_was_kept_is_not_asked_again_and_is_the_same(
    classifier: Counting, images: NDArray[np.uint8]
) -> None:
    first = Predictions(classifier, images)
    first.all()
    asked = classifier.asked
    second = Predictions(classifier, images, first.outputs)
    assert second.complete
    np.testing.assert_array_equal(second.all(), first.all())
    assert second.one(7).ood_score == first.one(7).ood_score
    assert classifier.asked == asked


def test_what_was_kept_of_fewer_images_is_left_aside(
    classifier: Counting, images: NDArray[np.uint8]
) -> None:
    predictions = Predictions(classifier, images, np.zeros((10, 10), np.float16))
    assert not predictions.complete
    assert predictions.of(np.array([3])).sum() == pytest.approx(1, abs=3e-3)
