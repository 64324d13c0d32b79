"""A small residual network, which shrinks the image early."""

import keras
from keras import layers


def build(input_shape: tuple[int, int], num_classes: int) -> keras.Model:
    """Convolve at full size once, then in residual blocks at a half, a quarter and an eighth.

    Each stage has twice the filters of the one before on a quarter of the places, so that all cost
    about the same. The mean of the last one over all places goes to the softmax.

    Args:
        input_shape: height and width of the images in pixels, whose values are 0–255.
        num_classes: how many probabilities come out.

    Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016; fewer blocks.
    """
    pixels = keras.Input(input_shape)
    x = layers.Reshape((*input_shape, 1))(pixels)
    x = layers.Rescaling(1 / 255)(x)
    x = _convolve(x, 16)
    for filters in (32, 64, 128):
        x = _residual(_convolve(x, filters, strides=2), filters)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(pixels, x, name="resnet")


def _convolve(
    x: keras.KerasTensor, filters: int, *, strides: int = 1, activate: bool = True
) -> keras.KerasTensor:
    # No bias: batch normalisation has one of its own.
    x = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x) if activate else x


def _residual(x: keras.KerasTensor, filters: int) -> keras.KerasTensor:
    """Add to an image what two convolutions see in it."""
    seen = _convolve(_convolve(x, filters), filters, activate=False)
    return layers.ReLU()(layers.Add()([x, seen]))
