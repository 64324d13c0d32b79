"""A photo of any shape in a square, the form that the photo model takes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture


def squared(picture: Picture, side: int) -> Picture:
    """Fit a photo into the middle of a square, the rest in the colour of its border.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, of any shape.
        side: of the square, in pixels.

    Returns:
        uint8 ``(side, side, 3)``.
    """
    height, width, _ = picture.shape
    scale = side / max(height, width)
    high, wide = (max(1, round(edge * scale)) for edge in (height, width))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    square = np.empty((side, side, 3), np.uint8)
    square[:] = border_colour(picture)
    top, left = (side - high) // 2, (side - wide) // 2
    small = cv2.resize(picture, (wide, high), interpolation=method)
    square[top : top + high, left : left + wide] = small
    return square


def squared_mask(mask: NDArray, side: int, around: int) -> NDArray:
    """Fit a mask into a square as ``squared`` fits its photo, ``around`` beside it."""
    longest, (height, width) = max(mask.shape), mask.shape
    square = np.full((longest, longest), around, mask.dtype)
    top, left = (longest - height) // 2, (longest - width) // 2
    square[top : top + height, left : left + width] = mask
    return np.asarray(cv2.resize(square, (side, side), interpolation=cv2.INTER_NEAREST))


def border_colour(picture: Picture) -> tuple[int, int, int]:
    """Return the median of each colour on the four edges of a photo."""
    border = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    red, green, blue = (int(number) for number in np.median(border, axis=0))
    return red, green, blue
