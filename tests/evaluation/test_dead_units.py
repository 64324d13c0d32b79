import keras
import numpy as np

from fmnist.architectures import build
from fmnist.evaluation.dead_units import dead_units

IMAGES = np.random.default_rng(0).integers(0, 256, (1200, 28, 28)).astype(np.uint8)


def test_what_is_zero_for_every_image_is_dead() -> None:
    model = build("dense", units=6, hidden_layers=2)
    hidden = next(layer for layer in model.layers if isinstance(layer, keras.layers.Dense))
    kernel, bias = np.abs(hidden.get_weights()[0]), np.zeros(6)
    bias[:4] = -1e6
    # One more image, the last, is all that wakes the fourth.
    images = np.append(IMAGES // 4, np.full((1, 28, 28), 255, np.uint8), axis=0)
    kernel[:, 3], bias[3] = 1, -600
    hidden.set_weights([kernel, bias])
    model.layers[-2].set_weights([np.eye(6), np.ones(6)])
    assert dead_units(model, images[:-1]) == (4, 12)
    assert dead_units(model, images) == (3, 12)


def test_other_activations_have_none() -> None:
    assert dead_units(build("dense", units=6, activation="tanh"), IMAGES) == (0, 0)


def test_normalised_units_count_and_maps_do_not() -> None:
    model = build("course-cnn", filters="16", units=6, normalisation=True)
    assert dead_units(model, IMAGES[:8])[1] == 6
