"""The course's convolutional network, to the letter, and what its exercises make of it."""

import keras
from keras import layers

from fmnist.architectures.dense import activated, hidden


def course_cnn(
    input_shape: tuple[int, ...],
    num_outputs: int,
    *,
    filters: str = "32-64",
    units: int = 128,
    activation: str = "relu",
    normalisation: bool = False,
    dropout: float = 0.0,
    scaling: bool = True,
) -> keras.Model:
    """Convolve with 32 and 64 filters of 3×3, pool after each, then 128 units and softmax.

    421,642 parameters on 28×28 images of ten classes.

    Args:
        input_shape: height and width of the images in pixels, whose values are 0–255.
        num_outputs: how many probabilities come out.
        filters: how many each convolution has, with hyphens between.
        units: how many neurons the dense layer has.
        activation: as ``dense.hidden`` takes it, for the convolutions too.
        normalisation: whether each batch is normalised after every layer but the last.
        dropout: share of the dense layer's neurons left out at each step of training.
        scaling: whether pixels become 0–1 first.

    Source: Udacity, Introduction to TensorFlow for Deep Learning, lesson 4, notebook l04c01.
    """
    parts: list[keras.layers.Layer] = [layers.Reshape((*input_shape, 1))]
    if scaling:
        parts.append(layers.Rescaling(1 / 255))
    for number in map(int, filters.split("-")):
        about = {"filters": number, "kernel_size": 3, "padding": "same"}
        parts += activated(layers.Conv2D, activation, normalisation, **about)
        parts.append(layers.MaxPooling2D())
    return keras.Sequential(
        [
            keras.Input(input_shape),
            *parts,
            layers.Flatten(),
            *hidden(units, activation, normalisation, dropout),
            layers.Dense(num_outputs, activation="softmax"),
        ],
        name="course-cnn",
    )
