"""Connected components of a mask: which belong to the thing, and which holes are filled."""

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]  # (height, width), 0 or 1


def keep_main_thing(mask: Mask, weights: NDArray[np.float32]) -> tuple[Mask, int]:
    """Keep the largest thing, what lies close to it, and its like: a pair counts as one.

    Args:
        mask: uint8 ``(height, width)``, 1 where something is.
        weights: float32 ``(height, width)``, how much each pixel counts.

    Returns:
        The mask, and how many more things of some size are left out of it.
    """
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, _disc(3)), dtype=np.uint8)
    count, labels = cv2.connectedComponents(mask, connectivity=8)
    parts = np.asarray(labels)
    if count < 2:
        return mask, 0
    areas, importance = np.bincount(parts.ravel()), np.bincount(parts.ravel(), weights.ravel())
    areas[0], importance[0] = 0, 0
    first = int(importance.argmax())
    large = np.flatnonzero(importance > 0.25 * importance[first])
    around = np.asarray(cv2.dilate((parts == first).astype(np.uint8), _disc(9)))
    keep = np.isin(np.arange(count), np.intersect1d(large, parts[around == 1]))
    others = [part for part in np.flatnonzero(areas > 0.25 * areas[first]) if not keep[part]]
    if len(others) == 1 and 0.5 < areas[others[0]] / areas[first] < 2:
        keep[others.pop()] = True
    return keep[parts].astype(np.uint8), len(others)


def fill_holes(mask: Mask, likely: NDArray[np.float32]) -> Mask:
    """Fill what the mask surrounds, unless it is large and unlikely to belong to it.

    Args:
        mask: uint8 ``(height, width)``, 1 where something is.
        likely: float32 ``(height, width)``, 0–1, how likely each pixel belongs to it.

    Returns:
        uint8 ``(height, width)``, 0 or 1.
    """
    # Framed by ground, so that all that reaches the border is one part, the first.
    count, labels = cv2.connectedComponents(np.pad(1 - mask, 1, constant_values=1), connectivity=4)
    parts = np.asarray(labels)[1:-1, 1:-1]
    sizes = np.bincount(parts.ravel(), minlength=count)
    chance = np.bincount(parts.ravel(), likely.ravel(), count) / np.maximum(sizes, 1)
    fill = (sizes < 0.03 * mask.sum()) | (chance > 0.4)
    fill[np.asarray(labels)[0, 0]] = False
    return np.where(fill[parts], 1, mask).astype(np.uint8)


def scaled(array: NDArray, shape: tuple[int, int], interpolation: int | None = None) -> NDArray:
    """Resize to ``(height, width)``, by averages when it shrinks unless told otherwise."""
    if interpolation is None:
        interpolation = cv2.INTER_AREA if shape[0] < array.shape[0] else cv2.INTER_LINEAR
    resized = cv2.resize(array, (shape[1], shape[0]), interpolation=interpolation)
    return np.asarray(resized, dtype=array.dtype)


def _disc(width: int) -> Mask:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)), dtype=np.uint8)
