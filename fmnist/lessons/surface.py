"""A slice through the loss of a real network, and optimisers that walk on it.

The network is softmax regression on images: 7,850 parameters. Two directions are cut out of their
space, so that the loss is a landscape over a plane.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.lessons.losses import Floats, cross_entropy
from fmnist.lessons.network import Parameters, flattened, forward, gradient, initial
from fmnist.lessons.optimisers import OPTIMISERS, Adam

START = (0.0, 1.0)

_FIT_STEPS, _FIT_RATE = 100, 0.01
_CLASSES, _STEEP = 10, 8  # bags are bright: their score reacts most to how bright all pixels are


@dataclass(frozen=True, eq=False)
class Surface:
    """The loss over a plane through the parameters: ``start + a · along + b · across``.

    What comes before softmax is linear in the parameters, so these are kept as logits.

    Attributes:
        start: logits ``(n, classes)`` of the random parameters that training begins with.
        along: what a step of length 1 towards trained parameters adds to them.
        across: what a step of length 1 towards answering "Bag" for bright images adds.
        labels: ``(n,)``.
    """

    start: Floats
    along: Floats
    across: Floats
    labels: NDArray[np.intp]

    def slope(self, place: Floats) -> tuple[float, Floats]:
        """Return the loss at a place ``(2,)``, and its gradient there, ``(2,)``."""
        loss, back = cross_entropy(self._logits(place), self.labels)
        return loss, np.array([(back * self.along).sum(), (back * self.across).sum()])

    def accuracy(self, place: Floats) -> float:
        """Return the share of the images that the network at a place gets right."""
        return float((self._logits(place).argmax(axis=1) == self.labels).mean())

    def losses(self, along: Floats, across: Floats) -> Floats:
        """Return the loss at each place of a grid, ``(len(across), len(along))``."""
        return np.array([[self.slope(np.array([a, b]))[0] for a in along] for b in across])

    def _logits(self, place: Floats) -> Floats:
        return self.start + place[0] * self.along + place[1] * self.across


def cut(images: NDArray[np.uint8], labels: NDArray[np.integer]) -> Surface:
    """Cut a slice through the loss on images, uint8 ``(n, 28, 28)`` of ten classes."""
    inputs, targets = flattened(images), labels.astype(np.intp)
    start = initial((inputs.shape[1], _CLASSES), seed=0)
    along = _direction(_fitted(start, inputs, targets), start)
    # The mean image, added to one class's weights and taken from the others'.
    kernel = np.outer(inputs.mean(axis=0), np.eye(_CLASSES)[_STEEP] - 1 / _CLASSES)
    zero = [np.zeros_like(part) for part in start]
    across = _direction([kernel, zero[1]], zero)
    shared = sum(float((a * b).sum()) for a, b in zip(along, across, strict=True))
    across = _direction(across, [shared * part for part in along])
    first = forward(start, inputs)
    return Surface(first, forward(along, inputs), forward(across, inputs), targets)


def walk(surface: Surface, optimiser: str, rate: float, steps: int) -> Floats:
    """Walk from ``START``, all images at each step.

    Args:
        surface: where.
        optimiser: a key of ``OPTIMISERS``.
        rate: the learning rate.
        steps: how many.

    Returns:
        Where it is after each step and the loss there, ``(steps + 1, 3)``.
    """
    place, way = np.array(START), OPTIMISERS[optimiser](rate)
    path = []
    for _ in range(steps + 1):
        loss, slope = surface.slope(place)
        path.append((*place, loss))
        (place,) = way.step([place], [slope])
    return np.array(path)


def _fitted(start: Parameters, inputs: Floats, labels: NDArray[np.intp]) -> Parameters:
    parameters, optimiser = start, Adam(_FIT_RATE)
    for _ in range(_FIT_STEPS):
        _, slope = gradient(parameters, inputs, labels, cross_entropy)
        parameters = optimiser.step(parameters, slope)
    return parameters


def _direction(to: Parameters, start: Parameters) -> Parameters:
    """Return the way from one place to another, of length 1."""
    way = [b - a for a, b in zip(start, to, strict=True)]
    length = np.sqrt(sum(float((part**2).sum()) for part in way))
    return [part / length for part in way]
