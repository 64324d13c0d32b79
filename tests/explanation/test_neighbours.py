"""Neighbours are the nearest in what the network computes before its last layer."""

import keras
import numpy as np
import pytest

from fmnist.architectures import build
from fmnist.explanation import Network
from fmnist.explanation.neighbours import FeatureExtractor, TrainingFeatures
from fmnist.models.file import export_twin
from tests.small_dataset import make_split

IMAGES, LABELS = make_split(150, seed=4)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    keras.utils.set_random_seed(0)
    path = tmp_path_factory.mktemp("network") / "twin.tflite"
    export_twin(build("dense", 10), path)
    return Network(path)


@pytest.fixture(scope="module")
def extract(network: Network) -> FeatureExtractor:
    return FeatureExtractor(network)


def test_features_are_what_the_head_takes_at_length_one(
    network: Network, extract: FeatureExtractor
) -> None:
    features = extract(IMAGES[:3])
    assert features.shape == (3, extract.width)
    for image, made in zip(IMAGES, features, strict=False):
        expected = network.run(image)[network.head - 1]
        np.testing.assert_allclose(made, expected / np.linalg.norm(expected), atol=1e-5)


def test_an_image_is_its_own_nearest_and_the_others_follow(extract: FeatureExtractor) -> None:
    training = TrainingFeatures(extract, IMAGES, LABELS)
    training.compute()
    first, *others = training.nearest(IMAGES[17], None, 5)
    assert (first.image, pytest.approx(0, abs=2e-3)) == (17, first.distance)
    features = extract(IMAGES)
    distances = 1 - features @ features[17]
    expected = np.sort(distances)[1:5]
    assert [each.distance for each in others] == pytest.approx(expected.tolist(), abs=2e-3)


def test_of_a_class_there_are_none_of_another(extract: FeatureExtractor) -> None:
    training = TrainingFeatures(extract, IMAGES, LABELS)
    training.compute()
    label = int(LABELS[17] + 1) % 10
    nearest = training.nearest(IMAGES[17], label, 4)
    assert [int(LABELS[each.image]) for each in nearest] == [label] * 4


def test_who_is_interrupted_has_lost_nothing(extract: FeatureExtractor) -> None:
    training = TrainingFeatures(extract, IMAGES, LABELS)
    shares: list[float] = []

    def stop_at_once(share: float) -> None:
        shares.append(share)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        training.compute(stop_at_once)
    assert not training.complete
    training.compute(shares.append)
    assert training.complete
    assert shares == sorted(set(shares)), "nothing was computed twice"
    assert shares[-1] == 1
    again = TrainingFeatures(extract, IMAGES, LABELS, training.features)
    assert again.complete
    assert again.nearest(IMAGES[3], None) == training.nearest(IMAGES[3], None)
