"""A residual network that shrinks the image early."""

from collections.abc import Sequence

import keras
from keras import layers


def build(input_shape: tuple[int, int], num_classes: int) -> keras.Model:
    """Build the large one: 32, 64, 128 and 256 filters, 1.9 million parameters."""
    return residual_network(
        input_shape, num_classes, ((32, 0), (64, 1), (128, 1), (256, 1)), "resnet"
    )


def residual_network(
    input_shape: tuple[int, int], num_classes: int, stages: Sequence[tuple[int, int]], name: str
) -> keras.Model:
    """Convolve in stages, each at half the size of the one before, the first at full size.

    A stage is a convolution and residual blocks. With twice the filters on a quarter of the places,
    each block costs about the same. The mean of the last stage over all places goes to the softmax.

    Args:
        input_shape: height and width of the images in pixels, whose values are 0–255.
        num_classes: how many probabilities come out.
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
    x = layers.Dense(num_classes, activation="softmax")(x)
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
    seen = convolve(convolve(x, filters), filters, activate=False)
    return layers.ReLU()(layers.Add()([x, seen]))
