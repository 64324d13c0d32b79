"""The steps from ink to a digit as MNIST has it."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fmnist.preprocessing.outline import line_width
from fmnist.preprocessing.picture import Picture, contain
from fmnist.preprocessing.steps import Step
from fmnist.preprocessing.steps.fashion_mnist import SIDE

# Nine tenths of MNIST's test digits have strokes as wide as this, as shares of the longest edge;
# one in the middle has 0.12.
NARROWEST, WIDEST = 0.08, 0.19
# Pixels of the longest edge on which strokes are measured: enough for a tenth of the final pixel.
_SIDE = 200


def pen(ink: Picture) -> Picture:
    """Bring strokes to a width that is usual in MNIST; usual ones are left alone.

    Args:
        ink: uint8 ``(height, width)``, 0 ground, 255 ink, cropped.

    Returns:
        uint8 of another size, with strokes of the same middle lines.
    """
    large = contain(ink, _SIDE, Image.Resampling.BICUBIC)
    drawn = (large > 127).astype(np.uint8)
    if not drawn.any():
        return ink
    width = line_width(drawn)
    wanted = float(np.clip(width / _SIDE, NARROWEST, WIDEST))
    # Each side of a stroke moves by this much, and the edge of the whole moves with it.
    grow = (wanted * _SIDE - width) / 2 / (1 - wanted)
    return ink if abs(grow) < 0.5 else _moved(drawn, grow)


def _moved(drawn: Picture, grow: float) -> Picture:
    """Move the outline of what is drawn outwards by so many pixels, or inwards."""
    margin = max(0, int(np.ceil(grow)))
    wider = np.pad(drawn, margin + 1)
    away = _distance(1 - wider) - _distance(wider)
    moved = np.rint(255 * np.clip(grow - away + 0.5, 0, 1)).astype(np.uint8)
    return moved[1:-1, 1:-1]


def _distance(mask: Picture) -> NDArray[np.float32]:
    return np.maximum(np.asarray(cv2.distanceTransform(mask, cv2.DIST_L2, 5)) - 0.5, 0)


PEN = Step("As thick as usual", pen)


BOX = 20


def shrink(picture: Picture) -> Picture:
    """Fit a picture into MNIST's box of 20×20, keeping its aspect, edges smoothed to gray.

    Source: LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist/

    Args:
        picture: uint8 ``(height, width)``, cropped.

    Returns:
        uint8 ``(h, w)`` with ``max(h, w) == 20``.
    """
    return contain(picture, BOX, Image.Resampling.BOX)


SHRINK = Step("Longest edge to 20", shrink)


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
