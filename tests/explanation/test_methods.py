"""Each method finds what a network looks at where that is known, and says so of nothing else."""

from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.architectures import build
from fmnist.explanation import METHODS, Explained, Network, methods_for
from fmnist.inference.classifier import Classifier
from fmnist.models import ModelStore
from tests.explanation.conftest import (
    CORNER,
    Explain,
    convolutional_that_sees_a_corner,
)
from tests.small_dataset import make_split

WHITE = np.full((28, 28), 200, np.uint8)
IN_CORNER = WHITE.copy()
IN_CORNER[:, CORNER:] = IN_CORNER[CORNER:] = 0


def corner_share(told: np.ndarray) -> float:
    """How much of what a map says, for or against, it says of the corner."""
    rows, columns = (-(-CORNER * n // 28) for n in told.shape)
    strength = np.abs(told)
    return float(strength[:rows, :columns].sum() / strength.sum())


@pytest.mark.parametrize("number", range(3))
def test_a_network_that_looks_at_a_corner_is_found_to(
    number: int, corners: list[Explained]
) -> None:
    model = corners[number]
    # The network with global pooling looks everywhere; so there is something in the corner alone.
    image = IN_CORNER if number == 1 else WHITE
    names = methods_for(model.network)
    assert len(names) == 2 and names[-1] == "occlusion"
    for name in names:
        maps = METHODS[name].maps(model, image)
        assert maps.dtype == np.float32
        assert maps.shape[-1] == 10
        assert corner_share(maps[..., 3]) > (0.75 if name == "occlusion" else 0.9), name
        assert maps[..., 3].sum() > 0, f"{name}: what is there speaks for class 3"
        if number != 1:
            assert maps[..., 5].sum() < 0, f"{name}: and against class 5"


def test_which_methods_apply(corners: list[Explained]) -> None:
    dense, pooled, flat = corners
    assert methods_for(dense.network) == ["weights", "occlusion"]
    assert methods_for(pooled.network) == methods_for(flat.network) == ["activation", "occlusion"]


def test_where_a_curve_follows_the_maps_only_occlusion_applies(explain: Explain) -> None:
    curved = build("course-cnn", 10, filters="16", units=9, activation="tanh")
    assert methods_for(explain(curved).network) == ["occlusion"]
    straight = build("course-cnn", 10, filters="16", units=9)
    assert methods_for(explain(straight).network) == ["activation", "occlusion"]


def test_class_activation_is_exact_after_global_pooling(trained_models: Path) -> None:
    for model, image in shipped(trained_models):
        network = model.network
        if network.layers[network.head - 1].kind == "global average pooling":
            maps = METHODS["activation"].maps(model, image)
            logits = network.run(image)[network.head]
            bias = network.layers[network.head].bias
            np.testing.assert_allclose(maps.sum(axis=(0, 1)) + bias, logits, atol=1e-4)


def test_weights_add_up_to_the_logits_but_for_the_biases(corners: list[Explained]) -> None:
    model = corners[0]
    image = make_split(1, seed=1)[0][0]
    maps = METHODS["weights"].maps(model, image)
    logits = model.network.run(image)[model.network.head]
    np.testing.assert_allclose(maps.sum(axis=(0, 1)), logits, atol=1e-4)


def test_the_gradient_is_the_one_that_tensorflow_takes(explain: Explain) -> None:
    import tensorflow as tf

    keras.utils.set_random_seed(1)
    model = convolutional_that_sees_a_corner(pooling=False)
    model.set_weights(
        [
            np.random.default_rng(n).normal(0, 0.1, w.shape)
            for n, w in enumerate(model.get_weights())
        ]
    )
    # No two pixels alike, for of two equal maxima TensorFlow takes the first.
    image = np.random.default_rng(0).integers(0, 256, (28, 28), np.uint8)
    inner = keras.Model(
        model.input, [model.get_layer("conv").output, model.get_layer("last").output]
    )
    with tf.GradientTape(persistent=True) as tape:
        features, _ = inner(image[None].astype(np.float32))
        tape.watch(features)
        after = features
        for name in ("max_pooling2d", "flatten", "hidden", "last"):
            layer = next(each for each in model.layers if each.name.startswith(name))
            after = layer(after)
        wanted = [after[0, n] for n in range(10)]
    weights = [tape.gradient(each, features)[0] for each in wanted]
    expected = np.stack([(features[0] * each).numpy().sum(axis=-1) for each in weights], axis=-1)
    told = METHODS["activation"].maps(explain(model), image)
    np.testing.assert_allclose(told, expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", METHODS)
def test_what_has_learnt_nothing_is_explained_otherwise(name: str, trained_models: Path) -> None:
    """The sanity check of Adebayo et al.: a map that survives shuffled weights explains none."""
    checked = 0
    for model, _ in shipped(trained_models):
        if not METHODS[name].applies(model.network):
            continue
        network = model.network.shuffled()
        shuffled = Explained(network, Classifier(network.content, model.classifier.num_classes))
        likeness = []
        for image in make_split(8, seed=5)[0]:
            answer = int(model.classifier.predict_proba(image[None])[0].argmax())
            ours = METHODS[name].maps(model, image)[..., answer]
            theirs = METHODS[name].maps(shuffled, image)[..., answer]
            varies = ours.std() > 0 and theirs.std() > 0
            likeness.append(np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] if varies else 0)
        assert np.mean(likeness) < 0.5, f"{name}, {network.layers[0].shape}: {likeness}"
        checked += 1
    assert checked


def shipped(folder: Path) -> list[tuple[Explained, np.ndarray]]:
    """Ready a model of each architecture in a store, for gray images, each with an image."""
    store = ModelStore(folder)
    found, known = [], set()
    for name in store.names():
        card = store.card(name)
        if not card.takes_photos and card.architecture not in known:
            known.add(card.architecture)
            twin = store.twin(name)
            model = Explained(Network(twin), Classifier(twin, 10))
            found.append((model, make_split(1, seed=5)[0][0]))
    return found
