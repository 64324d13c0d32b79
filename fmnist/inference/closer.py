"""A closer look: what is said of the parts of a photo, laid over what is said of the whole.

A photo that is no square fills a part of the square alone in which it is looked at, and people in
it less. Seen from closer, along its longer side, what each pixel shows is told better: of 93 street
photos, intersection over union 0.752 and not 0.725, without learning anything.
"""

from collections.abc import Sequence
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 192  # of the plane of what is said of a photo in its square
# Of the longer side by the shorter one, from which on a closer look is worth its time; by how much
# of itself, about, a part overlaps the next; and how many there are at most.
_LONG, _OVERLAP, _MOST = 1.2, 0.1, 4
# Of the photo, from which on garments fill it and are close enough. In 95 of 100 street photos they
# fill less, and in 95 of 100 photos of one garment more.
_CLOSE = 0.3

Floats = NDArray[np.float32]
Part = tuple[slice, slice]  # rows and columns of a photo


def parts(whole: NDArray[np.floating], shape: tuple[int, ...]) -> list[Part]:
    """Return the squares in which a photo is looked at from closer, which overlap.

    Args:
        whole: ``(cells, cells, n)``, what is said of the photo in its square; last, of no garment.
        shape: height and width of the photo, in pixels.

    Returns:
        Two or more along its longer side, each as wide as its shorter one; none of a photo that
        is nearly square, or that garments fill.
    """
    short, long = sorted(shape[:2])
    # Around the photo there is nothing.
    garments = (1 - whole[..., -1]).mean(dtype=np.float32) * long / short
    if long < _LONG * short or garments > _CLOSE:
        return []
    count = min(_MOST, max(2, ceil((1 + _OVERLAP) * long / short)))
    starts = np.linspace(0, long - short, count).round().astype(int).tolist()
    along = [slice(start, start + short) for start in starts]
    across = slice(0, short)
    return [(each, across) if shape[0] > shape[1] else (across, each) for each in along]


def laid_over(
    whole: NDArray[np.floating], seen: Sequence[tuple[Part, Floats]], shape: tuple[int, ...]
) -> Floats:
    """Take the mean of what is said of the whole and of its parts.

    Args:
        whole: ``(cells, cells, n)``, of the photo in its square.
        seen: of each part the same.
        shape: height and width of the photo, in pixels.

    Returns:
        float32 ``(SIDE, SIDE, n)``, of the photo in its square.
    """
    plane = _resized(np.asarray(whole, np.float32), SIDE)
    summed, weights = np.zeros_like(plane), np.zeros((SIDE, SIDE, 1), np.float32)
    scale = SIDE / max(shape[:2])
    for part, said in seen:
        side = round((part[0].stop - part[0].start) * scale)
        row, column = (
            min(round((edge.start + (max(shape[:2]) - length) / 2) * scale), SIDE - side)
            for edge, length in zip(part, shape[:2], strict=True)
        )
        # The nearer to the end of a part, the less it counts against the next.
        near = np.minimum(np.arange(side) + 1, side - np.arange(side)).astype(np.float32)
        weight = near[:, None, None] if shape[0] > shape[1] else near[None, :, None]
        place = slice(row, row + side), slice(column, column + side)
        summed[place] += _resized(said, side) * weight
        weights[place] += weight
    closer = summed / np.maximum(weights, 1e-6)
    return np.where(weights > 0, (plane + closer) / 2, plane)


def _resized(plane: Floats, side: int) -> Floats:
    return np.asarray(cv2.resize(plane, (side, side), interpolation=cv2.INTER_LINEAR), np.float32)
