"""Optimisers: what becomes of a gradient, a step at a time.

To add one: write its class, and name it in ``OPTIMISERS``.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from fmnist.lessons.losses import Floats


class Optimiser(Protocol):
    """Changes parameters by their gradients; one instance serves one training."""

    def step(self, parameters: Sequence[Floats], gradients: Sequence[Floats]) -> list[Floats]:
        """Return the parameters after a step, arrays of the same shapes."""
        ...


class SGD:
    """Stochastic gradient descent: the learning rate times the gradient, downhill."""

    def __init__(self, rate: float) -> None:
        self._rate = rate

    def step(self, parameters: Sequence[Floats], gradients: Sequence[Floats]) -> list[Floats]:
        """See ``Optimiser``."""
        return [p - self._rate * g for p, g in zip(parameters, gradients, strict=True)]


class Adam:
    """Adam (Kingma and Ba, 2015): each parameter's step goes by its own recent gradients.

    The constants are Keras's.
    """

    def __init__(self, rate: float, first: float = 0.9, second: float = 0.999) -> None:
        self._rate, self._first, self._second, self._steps = rate, first, second, 0
        self._means: list[Floats] = []
        self._squares: list[Floats] = []

    def step(self, parameters: Sequence[Floats], gradients: Sequence[Floats]) -> list[Floats]:
        """See ``Optimiser``."""
        if not self._steps:
            self._means = [np.zeros_like(g) for g in gradients]
            self._squares = [np.zeros_like(g) for g in gradients]
        self._steps += 1
        # The means begin at zero; this takes that out again.
        scale = np.sqrt(1 - self._second**self._steps) / (1 - self._first**self._steps)
        moved = []
        for place, (p, g) in enumerate(zip(parameters, gradients, strict=True)):
            self._means[place] += (1 - self._first) * (g - self._means[place])
            self._squares[place] += (1 - self._second) * (g * g - self._squares[place])
            root = np.sqrt(self._squares[place]) + 1e-7
            moved.append(p - (self._rate * scale * self._means[place] / root).astype(p.dtype))
        return moved


OPTIMISERS: dict[str, type[SGD] | type[Adam]] = {"SGD": SGD, "Adam": Adam}
