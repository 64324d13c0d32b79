"""Training a small network epoch by epoch, beside images that it does not learn from."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fmnist.lessons.losses import Floats, cross_entropy
from fmnist.lessons.network import Parameters, flattened, forward, gradient, initial
from fmnist.lessons.optimisers import Adam

_CLASSES, _BATCH, _RATE = 10, 32, 0.002


class Examples(NamedTuple):
    """Images with labels: uint8 ``(n, 28, 28)`` and integers ``(n,)``."""

    images: NDArray[np.uint8]
    labels: NDArray[np.integer]


class Trained(NamedTuple):
    """A network and how it came to be.

    Attributes:
        losses: after each epoch, of training and of validation, ``(epochs, 2)``, in nats.
        accuracies: likewise, 0–1.
        parameters: after the last epoch.
    """

    losses: Floats
    accuracies: Floats
    parameters: Parameters

    @property
    def best(self) -> int:
        """The epoch, from 1, after which the validation loss is least."""
        return int(self.losses[:, 1].argmin()) + 1


def train(
    training: Examples,
    validation: Examples,
    units: int,
    epochs: int,
    progress: Callable[[float], object] | None = None,
) -> Trained:
    """Train one hidden layer with ReLU by Adam, in batches of 32.

    Args:
        training: what it learns from.
        validation: what it is only asked about, after each epoch.
        units: of the hidden layer.
        epochs: how often it goes through the training images.
        progress: called with the share done, 0–1.
    """
    inputs, labels = flattened(training.images), training.labels
    parameters = initial((inputs.shape[1], units, _CLASSES), seed=0)
    optimiser, random = Adam(_RATE), np.random.default_rng(0)
    figures = []
    for epoch in range(epochs):
        order = random.permutation(len(labels))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            _, slope = gradient(parameters, inputs[batch], labels[batch], cross_entropy)
            parameters = optimiser.step(parameters, slope)
        figures.append([measured(parameters, each) for each in (training, validation)])
        if progress:
            progress((epoch + 1) / epochs)
    losses, accuracies = np.moveaxis(np.array(figures), -1, 0)
    return Trained(losses, accuracies, parameters)


def measured(parameters: Parameters, examples: Examples) -> tuple[float, float]:
    """Return the loss of a network on examples, and its accuracy."""
    outputs = forward(parameters, flattened(examples.images))
    loss, _ = cross_entropy(outputs, examples.labels)
    return loss, float((outputs.argmax(axis=1) == examples.labels).mean())


def mislabelled(examples: Examples, share: float) -> Examples:
    """Give a share of the examples, 0–1, a wrong label, always the same ones."""
    random, labels = np.random.default_rng(0), examples.labels.astype(np.intp)
    wrong = random.permutation(len(labels))[: round(share * len(labels))]
    labels[wrong] = (labels[wrong] + random.integers(1, _CLASSES, len(wrong))) % _CLASSES
    return Examples(examples.images, labels)
