"""The course's convolutional network, made good."""

import keras
from keras import layers


def cnn(input_shape: tuple[int, ...], num_outputs: int) -> keras.Model:
    """Three blocks of convolution, batch normalisation and pooling, then dense and softmax.

    The course's own (l04c01) has two, of 32 and 64 filters. The third looks at whole sleeves and
    soles, and costs little: it works on 7×7 pixels.

    Args:
        input_shape: height and width of the images in pixels, whose values are 0–255.
        num_outputs: how many probabilities come out.
    """
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Reshape((*input_shape, 1)),
            layers.Rescaling(1 / 255),
            *_block(32),
            *_block(64),
            *_block(128),
            layers.Flatten(),
            layers.Dropout(0.4),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(num_outputs, activation="softmax"),
        ],
        name="cnn",
    )


def _block(filters: int) -> list[keras.layers.Layer]:
    """Convolve, then halve height and width."""
    return [
        # No bias: batch normalisation has one of its own.
        layers.Conv2D(filters, 3, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.MaxPooling2D(),
    ]
