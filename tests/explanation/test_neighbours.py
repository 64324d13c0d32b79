"""Neighbours are the nearest in what the network computes before its last layer."""

from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.architectures import build
from fmnist.explanation import Network
from fmnist.explanation.feature_index import FeatureIndex
from fmnist.explanation.neighbours import FeatureExtractor, Neighbours
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models.file import export_twin
from fmnist.preprocessing import PHOTO_SIDE
from fmnist.preprocessing.as_photo import as_photo
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
    training = Neighbours(extract, IMAGES, LABELS)
    first, *others = training.nearest(IMAGES[17], None, 5)
    assert (first.image, pytest.approx(0, abs=2e-3)) == (17, first.distance)
    features = extract(IMAGES)
    distances = 1 - features @ features[17]
    expected = np.sort(distances)[1:5]
    assert [each.distance for each in others] == pytest.approx(expected.tolist(), abs=2e-3)


def test_of_a_class_there_are_none_of_another(extract: FeatureExtractor) -> None:
    training = Neighbours(extract, IMAGES, LABELS)
    label = int(LABELS[17] + 1) % 10
    nearest = training.nearest(IMAGES[17], label, 4)
    assert [int(LABELS[each.image]) for each in nearest] == [label] * 4


def test_who_is_interrupted_has_lost_nothing(extract: FeatureExtractor) -> None:
    training = Neighbours(extract, IMAGES, LABELS)
    shares: list[float] = []

    def stop_at_once(share: float) -> None:
        shares.append(share)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        training.build(stop_at_once)
    assert training.index is None
    training.build(shares.append)
    assert shares == sorted(set(shares)), "nothing was computed twice"
    assert shares[-1] == 1
    again = Neighbours(extract, IMAGES, LABELS, training.index)
    assert again.index is training.index
    assert again.nearest(IMAGES[3], None) == training.nearest(IMAGES[3], None)


def test_an_index_finds_what_an_exact_search_finds(extract: FeatureExtractor) -> None:
    images, labels = make_split(2000, seed=8)
    training = Neighbours(extract, images, labels)
    features = extract(images)
    for place in range(0, 100, 10):
        found = [each.image for each in training.nearest(images[place], None, 5)]
        exact = np.argsort(-(features @ features[place]))[:5].tolist()
        assert len(set(found) & set(exact)) >= 4


def test_an_index_finds_every_image_itself_however_little_of_it_the_components_hold() -> None:
    features = np.random.default_rng(0).normal(size=(500, 40))
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    index = FeatureIndex.of(features.astype(np.float16), components=16)
    found = [int(index.likeness(each.astype(np.float32)).argmax()) for each in features]
    assert found == list(range(500))


def test_an_index_is_read_for_its_model_and_its_images(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    features = random.normal(size=(500, 40))
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    index = FeatureIndex.of(features.astype(np.float16))
    key = OutputsKey.of("a" * 64, IMAGES)
    index.write(tmp_path / "index.npz", key)
    again = FeatureIndex.read(tmp_path / "index.npz", key)
    assert again
    wanted = features[3].astype(np.float32)
    np.testing.assert_array_equal(again.likeness(wanted), index.likeness(wanted))
    assert int(again.likeness(wanted).argmax()) == 3
    assert FeatureIndex.read(tmp_path / "index.npz", OutputsKey("b" * 64, key.images)) is None
    assert FeatureIndex.read(tmp_path / "gone.npz", key) is None
    (tmp_path / "index.npz").write_bytes(b"spoilt")
    assert FeatureIndex.read(tmp_path / "index.npz", key) is None


@pytest.fixture(scope="module")
def photo_extract(tmp_path_factory: pytest.TempPathFactory) -> FeatureExtractor:
    """Features of a network of photos, whose head is averaged over all places."""
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((PHOTO_SIDE, PHOTO_SIDE, 3)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(8, 32, strides=32, activation="relu"),
            keras.layers.Conv2D(11, 1),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Softmax(),
        ]
    )
    path = tmp_path_factory.mktemp("photo") / "twin.tflite"
    export_twin(model, path)
    return FeatureExtractor(Network(path))


def test_features_of_a_photo_are_the_mean_of_all_places(photo_extract: FeatureExtractor) -> None:
    photo = np.random.default_rng(0).integers(0, 256, (PHOTO_SIDE, PHOTO_SIDE, 3), np.uint8)
    (made,) = photo_extract(photo[None])
    assert made.shape == (8,)
    assert np.linalg.norm(made) == pytest.approx(1, abs=1e-5)
    # Its six rows of places in another order are other places with the same mean.
    rows = photo.reshape(6, 32, PHOTO_SIDE, 3)[::-1].reshape(photo.shape)
    np.testing.assert_allclose(photo_extract(rows[None])[0], made, atol=1e-5)


def test_a_training_image_shown_as_a_photo_is_its_own_nearest(
    photo_extract: FeatureExtractor,
) -> None:
    training = Neighbours(photo_extract, IMAGES[:40], LABELS[:40])
    first, *_ = training.nearest(as_photo(IMAGES[17]), int(LABELS[17]), 3)
    assert (first.image, pytest.approx(0, abs=2e-3)) == (17, first.distance)


def test_as_a_photo_an_image_is_dark_on_white() -> None:
    image = np.zeros((28, 28), np.uint8)
    image[10:20, 8:12] = 255
    photo = as_photo(image)
    assert photo.shape == (PHOTO_SIDE, PHOTO_SIDE, 3)
    assert (photo[0] == 255).all()
    start = (PHOTO_SIDE - 140) // 2
    assert (photo[start + 55 : start + 95, start + 45 : start + 55] == 0).all()
