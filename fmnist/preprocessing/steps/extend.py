"""Make the picture square, with the garment in its centre."""

import numpy as np

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.resize import SIDE
from fmnist.preprocessing.steps.step import Step


def extend(picture: Picture, fill: int = 255) -> Picture:
    """Extend the shortest edge to 28, garment centred (arXiv 1708.07747, section 2, step 5).

    Args:
        picture: uint8 ``(h, w, 3)`` or ``(h, w)`` with neither edge above 28.
        fill: the value of the pixels that are added, 0–255; the paper's ground is white.

    Returns:
        uint8 ``(28, 28, 3)`` or ``(28, 28)``.
    """
    height, width = picture.shape[:2]
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    square = np.full((SIDE, SIDE, *picture.shape[2:]), fill, dtype=np.uint8)
    square[top : top + height, left : left + width] = picture
    return square


EXTEND = Step("Extend to a square", extend)
