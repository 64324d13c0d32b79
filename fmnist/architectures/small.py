"""A residual network with few filters but many blocks, which looks at full size for longer."""

import keras

from fmnist.architectures.resnet import residual_network


def build(input_shape: tuple[int, int], num_classes: int) -> keras.Model:
    """Build it with 16, 32 and 80 filters, 19 convolutions deep: 442,000 parameters."""
    return residual_network(input_shape, num_classes, ((16, 2), (32, 3), (80, 3)), "small")
