"""What every architecture of the table keeps to."""

import keras
import numpy as np
import pytest

from fmnist.architectures import ARCHITECTURES, build, of_images, of_photos
from fmnist.inference.classifier import SHAPES


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


@pytest.mark.parametrize(("name", "most"), [("small", 500_000), ("tiny", 100_000)])
def test_what_is_called_small_is(name: str, most: int) -> None:
    assert 0.8 * most < build(name).count_params() <= most


def test_an_unknown_name_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="Expected an architecture of dense, cnn"):
        build("resnext")
