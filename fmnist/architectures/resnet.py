"""Residual networks of four sizes, from 99,000 to 1.9 million parameters."""

from collections.abc import Sequence

import keras
from keras import layers


def resnet(input_shape: tuple[int, ...], num_outputs: int) -> keras.Model:
    """Build the large one: 32, 64, 128 and 256 filters, 1.9 million parameters."""
    stages = (32, 0), (64, 1), (128, 1), (256, 1)
    return residual_network(input_shape, num_outputs, stages, "resnet")


def quick(input_shape: tuple[int, ...], num_outputs: int) -> keras.Model:
    """Build it with half the filters, and so a quarter of the work: 488,000 parameters."""
    stages = (16, 0), (32, 1), (64, 1), (128, 1)
    return residual_network(input_shape, num_outputs, stages, "quick")


def tiny(input_shape: tuple[int, ...], num_outputs: int) -> keras.Model:
    """Build it for at most 100,000 parameters: 12, 20, 32 and 52 filters, 99,000 of them."""
    stages = (12, 0), (20, 1), (32, 1), (52, 1)
    return residual_network(input_shape, num_outputs, stages, "tiny")


def small(input_shape: tuple[int, ...], num_outputs: int) -> keras.Model:
    """Build it with few filters in many blocks, which look at full size for longer.

    16, 32 and 80 filters, 19 convolutions deep: 442,000 parameters.
    """
    return residual_network(input_shape, num_outputs, ((16, 2), (32, 3), (80, 3)), "small")


def residual_network(
    input_shape: tuple[int, ...], num_outputs: int, stages: Sequence[tuple[int, int]], name: str
) -> keras.Model:
    """Convolve in stages, each at half the size of the one before, the first at full size.

    A stage is a convolution and residual blocks. With twice the filters on a quarter of the places,
    each block costs about the same. The mean of the last stage over all places goes to the softmax.

    Args:
        input_shape: height and width of the images in pixels, whose values are 0–255.
        num_outputs: how many probabilities come out.
        stages: how many filters each stage has, and how many blocks.
        name: the model's name.

    Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016; fewer blocks.
    """
    pixels = keras.Input(input_shape)
    x = layers.Reshape((*input_shape, 1))(pixels)
    x = layers.Rescaling(1 / 255)(x)
    for stage, (filters, blocks) in enumerate(stages):
        x = convolve(x, filters, strides=2 if stage else 1)
        for _ in range(blocks):
            x = residual(x, filters)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(num_outputs, activation="softmax")(x)
    return keras.Model(pixels, x, name=name)


def convolve(
    x: keras.KerasTensor, filters: int, *, strides: int = 1, activate: bool = True
) -> keras.KerasTensor:
    """Convolve by 3×3, normalise each batch and, unless told otherwise, cut off below 0."""
    # No bias: batch normalisation has one of its own.
    x = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x) if activate else x


def residual(x: keras.KerasTensor, filters: int) -> keras.KerasTensor:
    """Add to an image what two convolutions see in it."""
    change = convolve(convolve(x, filters), filters, activate=False)
    return layers.ReLU()(layers.Add()([x, change]))
