"""The course's first network, to the letter."""

import keras
from keras import layers


def dense(input_shape: tuple[int, ...], num_outputs: int) -> keras.Model:
    """Flatten, 128 units with ReLU, softmax: 101,770 parameters on 28×28 images of ten classes.

    Args:
        input_shape: height and width of the images in pixels, whose values are 0–255.
        num_outputs: how many probabilities come out.

    Source: Udacity, Introduction to TensorFlow for Deep Learning, lesson 3, notebook l03c01.
    """
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(num_outputs, activation="softmax"),
        ],
        name="dense",
    )
