"""A network of dense layers in numpy: what it computes, and its gradient."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fmnist.lessons.losses import Floats, Loss

# A kernel ``(inputs, units)`` and a bias ``(units,)`` for each layer, one after the other.
Parameters = list[Floats]


def initial(sizes: Sequence[int], seed: int) -> Parameters:
    """Return the parameters of a network that has learnt nothing, as Keras begins.

    Args:
        sizes: how many numbers go in, then the units of each layer.
        seed: of the random weights.

    Returns:
        float32; kernels by Glorot and Bengio's uniform rule, biases of zero.
    """
    random = np.random.default_rng(seed)
    parameters: Parameters = []
    for inputs, units in pairwise(sizes):
        limit = np.sqrt(6 / (inputs + units))
        parameters.append(random.uniform(-limit, limit, (inputs, units)).astype(np.float32))
        parameters.append(np.zeros(units, np.float32))
    return parameters


def forward(parameters: Sequence[Floats], inputs: Floats) -> Floats:
    """Return what a network makes of inputs ``(n, inputs)``: ReLU but in the last layer."""
    return _layers(parameters, inputs)[-1]


def gradient(
    parameters: Sequence[Floats], inputs: Floats, targets: NDArray[Any], loss: Loss
) -> tuple[float, Parameters]:
    """Return the loss, and its gradient by each of the parameters (backpropagation).

    Args:
        parameters: of the network.
        inputs: ``(n, inputs)``.
        targets: as the loss takes them, n of them.
        loss: one of ``losses``.
    """
    made = _layers(parameters, inputs)
    value, back = loss(made[-1], targets)
    found: Parameters = []
    for layer in range(len(parameters) // 2 - 1, -1, -1):
        found[:0] = [made[layer].T @ back, back.sum(axis=0)]
        if layer:
            back = (back @ parameters[2 * layer].T) * (made[layer] > 0)
    return value, found


def _layers(parameters: Sequence[Floats], inputs: Floats) -> list[Floats]:
    """What goes in, and what each layer makes of it."""
    made = [inputs]
    for kernel, bias in zip(parameters[::2], parameters[1::2], strict=True):
        out = made[-1] @ kernel + bias
        last = 2 * len(made) == len(parameters)
        made.append(out if last else np.maximum(out, 0))
    return made


def flattened(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Lay images ``(n, 28, 28)`` into lines ``(n, 784)``, scaled from 0–255 to 0–1."""
    return np.divide(images.reshape(len(images), -1), 255, dtype=np.float32)
