"""Regression by gradient descent: a line that one neuron finds, and a curve that takes ReLU."""

import numpy as np

from fmnist.lessons.losses import Floats, squared_error
from fmnist.lessons.network import Parameters, forward, gradient, initial
from fmnist.lessons.optimisers import SGD, Adam

# The course's seven temperatures, and what they are in Fahrenheit, ``(7, 1)``.
CELSIUS = np.array([[-40.0], [-10.0], [0.0], [8.0], [15.0], [22.0], [38.0]])
FAHRENHEIT = 1.8 * CELSIUS + 32

# A ball thrown upwards at 15 m/s: seconds, and metres above the hand.
SECONDS = np.linspace(0, 3, 31)[:, None]
METRES = 15 * SECONDS - 9.81 / 2 * SECONDS**2

_LOST = 1e6  # a weight beyond this does not come back
_STEPS, _RATE = 800, 0.03  # of the curve


def descend(rate: float, steps: int) -> Floats:
    """Fit one neuron, f = w·c + b, to the seven temperatures, all of them at each step.

    Args:
        rate: the learning rate.
        steps: how many there are at most.

    Returns:
        w and b after each step, ``(steps + 1, 2)``, from zero on; fewer rows if they grow beyond
        a million.
    """
    parameters: Parameters = [np.zeros((1, 1)), np.zeros(1)]
    optimiser, path = SGD(rate), [(0.0, 0.0)]
    for _ in range(steps):
        _, slope = gradient(parameters, CELSIUS, FAHRENHEIT, squared_error)
        parameters = optimiser.step(parameters, slope)
        path.append((parameters[0].item(), parameters[1].item()))
        if np.abs(path[-1]).max() > _LOST:
            break
    return np.array(path)


def bend(units: int, seed: int) -> Floats:
    """Fit a network to the ball's way by 800 steps of Adam.

    Args:
        units: of its one hidden layer, with ReLU; without any, one neuron draws a line.
        seed: of its random weights: with some, units stay below zero everywhere and learn nothing.

    Returns:
        Metres at each of ``SECONDS``, ``(31, 1)``.
    """
    sizes = (1, units, 1) if units else (1, 1)
    parameters = initial(sizes, seed)
    if units:  # bends in different places from the start
        parameters[1] = np.random.default_rng(seed).uniform(-1, 1, units)
    # Both within −1 and 1, or nearly: large numbers make learning slow.
    inputs, height = SECONDS / SECONDS.max() * 2 - 1, float(METRES.max())
    optimiser = Adam(_RATE)
    for _ in range(_STEPS):
        _, slope = gradient(parameters, inputs, METRES / height, squared_error)
        parameters = optimiser.step(parameters, slope)
    return forward(parameters, inputs) * height


def root_mean_square(apart: Floats) -> float:
    """Return how large numbers are on the whole, in their own unit."""
    return float(np.sqrt((apart**2).mean()))
