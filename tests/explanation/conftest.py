"""Networks whose weights are set by hand, so that what they look at is known."""

from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.explanation import Explained, Network
from fmnist.inference.classifier import Classifier
from fmnist.models.file import export_twin

Explain = Callable[[keras.Model], Explained]

# The part of an image that the networks here look at: its upper left corner.
CORNER = 7


@pytest.fixture
def explain(tmp_path: Path) -> Explain:
    """Compile a Keras model, and make it ready to be explained."""
    return lambda model: explained(model, tmp_path)


def explained(model: keras.Model, folder: Path) -> Explained:
    """Compile a Keras model into a folder, and make it ready to be explained."""
    path = folder / f"{model.name}.tflite"
    export_twin(model, path)
    return Explained(Network(path), Classifier(path, model.output_shape[-1]))


@pytest.fixture(scope="session")
def corners(tmp_path_factory: pytest.TempPathFactory) -> list[Explained]:
    """What sees a corner: a dense network, a convolutional one with global pooling, one without."""
    networks = (
        dense_that_sees_a_corner(),
        convolutional_that_sees_a_corner(pooling=True),
        convolutional_that_sees_a_corner(pooling=False),
    )
    return [explained(each, tmp_path_factory.mktemp("corners")) for each in networks]


def dense_that_sees_a_corner() -> keras.Model:
    """A dense network whose class 3 grows with the corner's pixels, and class 5 falls."""
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Flatten(),
            keras.layers.Dense(4, "relu"),
            keras.layers.Dense(10),
            keras.layers.Softmax(),
        ],
        name="dense_corner",
    )
    first, last = np.zeros((28, 28, 4)), np.zeros((4, 10))
    first[:CORNER, :CORNER, 1] = 0.1
    last[1, 3], last[1, 5] = 1, -1
    model.set_weights([first.reshape(784, 4), np.zeros(4), last, np.zeros(10)])
    return model


def convolutional_that_sees_a_corner(pooling: bool) -> keras.Model:
    """A convolutional network whose class 3 grows with white in the corner.

    Args:
        pooling: whether it ends in global average pooling; otherwise max pooling and dense layers.
    """
    image = keras.Input((28, 28))
    x = keras.layers.Reshape((28, 28, 1))(image)
    x = keras.layers.Rescaling(1 / 255)(x)
    x = keras.layers.Conv2D(2, 3, padding="same", activation="relu", name="conv")(x)
    # Its other filter sees white everywhere; what is in the corner is told by the weights below.
    if pooling:
        x = keras.layers.Conv2D(2, 3, 2, padding="same", activation="relu", name="second")(x)
        x = keras.layers.GlobalAveragePooling2D()(x)
    else:
        x = keras.layers.MaxPooling2D(2)(x)
        x = keras.layers.Flatten()(x)
        x = keras.layers.Dense(4, "relu", name="hidden")(x)
    x = keras.layers.Dense(10, name="last")(x)
    model = keras.Model(image, keras.layers.Softmax()(x), name=f"convolutional_{pooling}")
    middle = np.zeros((3, 3, 1, 2))
    middle[1, 1, 0] = 1
    model.get_layer("conv").set_weights([middle, np.zeros(2)])
    if pooling:
        second = np.zeros((3, 3, 2, 2))
        second[1, 1] = np.eye(2)
        model.get_layer("second").set_weights([second, np.zeros(2)])
        last = np.zeros((2, 10))
        last[0, 3], last[1, 5] = 9, -9
    else:
        hidden = np.zeros((14, 14, 2, 4))
        hidden[: CORNER // 2, : CORNER // 2, 0, 1] = 0.5
        model.get_layer("hidden").set_weights([hidden.reshape(-1, 4), np.zeros(4)])
        last = np.zeros((4, 10))
        last[1, 3], last[1, 5] = 1, -1
    model.get_layer("last").set_weights([last, np.zeros(10)])
    return model
