"""Trousers that lie across the photo, told by their legs."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture

# Intersection over union of an outline and its mirror image, upside down: legs are alike.
ALIKE = 0.7
# Shares of the length over which legs lie apart: at one end, and at most at the other. Of 1,900
# other garments, shoes and bags no outline is like that, of trousers laid across three in five.
APART, CLOSED = 0.3, 0.1
_SIDE = 48


def turn_trousers(picture: Picture) -> Picture:
    """Turn trousers that lie across the photo by 90 degrees, so that their legs hang down.

    Of other clothes that lie across the outline does not say which end is up; they stay.

    Args:
        picture: uint8 ``(height, width, 4)``, whose alpha is the garment.

    Returns:
        uint8 ``(width, height, 4)``; the picture itself if its outline has no legs on one side.
    """
    outline = picture[..., 3] > 127
    rows, columns = np.flatnonzero(outline.any(axis=1)), np.flatnonzero(outline.any(axis=0))
    if not len(rows):
        return picture
    outline = outline[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if outline.shape[1] < outline.shape[0] or not _lies_across(outline):
        return picture
    left, right = (_legs(np.rot90(outline, turns)) for turns in (1, -1))
    if max(left, right) < APART or min(left, right) > CLOSED:
        return picture
    return np.ascontiguousarray(np.rot90(picture, 1 if left > right else -1))


def _lies_across(outline: NDArray[np.bool_]) -> bool:
    """Tell whether above and below are alike, and more so than left and right."""
    above, beside = (
        float((outline & mirrored).sum() / (outline | mirrored).sum())
        for mirrored in (outline[::-1], outline[:, ::-1])
    )
    return above >= ALIKE and above > beside


def _legs(outline: NDArray[np.bool_]) -> float:
    """Measure, from the bottom, over which share of the height the middle is open."""
    size = (_SIDE, _SIDE)
    resized = cv2.resize(outline.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
    small = np.asarray(resized, dtype=np.uint8) > 127
    so_far = np.cumsum(small, axis=1)
    between = (so_far > 0) & (so_far < so_far[:, -1:])
    inside = (~small & between)[::-1, _SIDE // 3 : -_SIDE // 3]
    middle = np.asarray(inside.any(axis=1))
    # One leg may be a little longer.
    first = int(middle[:4].argmax())
    closed = np.append(middle[first:], False)
    return int(closed.argmin()) / _SIDE
