"""Put a digit where MNIST has it."""

import numpy as np

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.resize import SIDE
from fmnist.preprocessing.steps.step import Step


def centre(picture: Picture) -> Picture:
    """Place a picture on black so that its centre of mass is in the middle of 28×28.

    Source: LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist/; in their images it is at
    pixel 14, counted from 0.

    Args:
        picture: uint8 ``(h, w)`` with neither edge above 28.

    Returns:
        uint8 ``(28, 28)``.
    """
    square = np.zeros((SIDE, SIDE), dtype=np.uint8)
    top, left = (_start(picture.sum(axis=1 - axis)) for axis in (0, 1))
    square[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return square


def _start(mass: np.ndarray) -> int:
    """Return where to begin along one edge, so that nothing is cut off."""
    middle = np.arange(len(mass)) @ mass / max(1, mass.sum())
    return int(np.clip(round(SIDE / 2 - middle), 0, SIDE - len(mass)))


CENTRE = Step("Centre the mass", centre)
