"""How wide the lines of a drawing are."""

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.uint8]


def line_width(drawn: Ink) -> float:
    """Measure the width of lines in pixels: twice the typical depth along their middle.

    Args:
        drawn: uint8 ``(height, width)``, 1 on the lines and 0 elsewhere; something must be drawn.
    """
    lines = depth(drawn)
    ridge = (lines >= np.asarray(cv2.dilate(lines, np.ones((3, 3), np.uint8)))) & (lines > 0)
    return 2 * float(np.median(lines[ridge]))


def depth(mask: Ink) -> NDArray[np.float32]:
    """Measure the distance in pixels from every place in a mask to the nearest outside it."""
    distance = cv2.distanceTransform(np.pad(mask, 1), cv2.DIST_L2, 5)
    return np.asarray(distance, dtype=np.float32)[1:-1, 1:-1]
