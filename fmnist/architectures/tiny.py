"""The residual network for at most 100,000 parameters."""

import keras

from fmnist.architectures.resnet import residual_network


def build(input_shape: tuple[int, int], num_classes: int) -> keras.Model:
    """Build it with 12, 20, 32 and 52 filters: 99,000 parameters."""
    stages = (12, 0), (20, 1), (32, 1), (52, 1)
    return residual_network(input_shape, num_classes, stages, "tiny")
