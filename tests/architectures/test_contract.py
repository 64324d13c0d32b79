"""What every architecture of the table keeps to."""

from typing import Any

import keras
import numpy as np
import pytest

from fmnist.architectures import (
    ARCHITECTURES,
    build,
    efficientnet_lite,
    of_images,
    of_photos,
)
from fmnist.inference.classifier import SHAPES
from fmnist.training.configuration import Configuration


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_pixels_become_probabilities(name: str) -> None:
    model, shape = build(name, 7), ARCHITECTURES[name].shape
    assert (model.name, model.compiled) == (name, False)
    assert model.input_shape == (None, *shape)
    images = np.random.default_rng(0).integers(0, 256, (3, *shape)).astype(np.float32)
    answers = np.asarray(model(images, training=False))
    assert answers.shape == (3, 7)
    np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)
    # Scaling is inside: whatever the brightness of 0–255, no answer is certain before training.
    assert answers.max() < 0.99


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_a_seed_gives_the_same_weights(name: str) -> None:
    def weights() -> list[np.ndarray]:
        keras.utils.set_random_seed(3)
        return build(name).get_weights()

    for first, second in zip(weights(), weights(), strict=True):
        np.testing.assert_array_equal(first, second)


def test_each_is_described_in_words_of_its_own() -> None:
    summaries = {architecture.summary for architecture in ARCHITECTURES.values()}
    assert len(summaries) == len(ARCHITECTURES)
    assert all(" " in summary for summary in summaries)


def test_each_takes_images_or_photos() -> None:
    assert sorted(of_images() + of_photos()) == sorted(ARCHITECTURES)
    shapes = {ARCHITECTURES[name].shape for name in ARCHITECTURES}
    assert shapes <= set(SHAPES), "what a classifier takes"


def test_dense_is_the_course_s_network() -> None:
    assert build("dense").count_params() == 101_770


def test_the_course_s_convolutional_network_is_the_course_s() -> None:
    assert build("course-cnn").count_params() == 421_642


# A value that is not the default, of each option that some architecture takes.
OTHERS: dict[str, Any] = {
    "hidden_layers": 2,
    "units": 20,
    "filters": "16-16",
    "activation": "tanh",
    "normalisation": True,
    "dropout": 0.5,
    "scaling": False,
}


@pytest.mark.parametrize(
    ("name", "option"), [(name, o) for name, each in ARCHITECTURES.items() for o in each.takes]
)
def test_each_option_that_it_takes_builds_another_network(name: str, option: str) -> None:
    defaults = Configuration(name).network_options
    assert build(name, **defaults).count_params() == build(name).count_params()
    layers = [
        [(type(layer), layer.get_config().get("activation"), layer.count_params()) for layer in m]
        for m in (build(name).layers, build(name, **{option: OTHERS[option]}).layers)
    ]
    assert layers[0] != layers[1]


@pytest.mark.parametrize(("name", "most"), [("small", 500_000), ("tiny", 100_000)])
def test_what_is_called_small_is(name: str, most: int) -> None:
    assert 0.8 * most < build(name).count_params() <= most


def test_the_mean_of_class_activation_gives_the_same_probabilities() -> None:
    trained = efficientnet_lite.photo((None, None, 3), 7)
    photos = np.random.default_rng(0).uniform(0, 255, (2, 64, 64, 3)).astype(np.float32)
    both = efficientnet_lite.with_activation(trained, (64, 64, 3))(photos)
    assert both["activation"].shape == (2, 2, 2, 7)
    logits = np.asarray(both["activation"]).mean(axis=(1, 2))
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(trained(photos), expected, atol=1e-6)
    np.testing.assert_allclose(both["probabilities"], expected, atol=1e-6)


def test_a_feature_is_left_out_in_training_at_all_places() -> None:
    model = efficientnet_lite.photo((None, None, 3), 7)
    (dropout,) = (layer for layer in model.layers if "dropout" in layer.name)
    left = np.asarray(dropout(np.ones((1, 3, 3, 1280), np.float32), training=True))
    assert (left == left[:, :1, :1]).all()
    assert 0.1 < (left == 0).mean() < 0.3


def test_an_unknown_name_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="Expected an architecture of dense, course-cnn, cnn"):
        build("resnext")
