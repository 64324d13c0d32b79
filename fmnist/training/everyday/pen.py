"""The lines that symbols are made of, in 0–1 of a square, y downwards."""

import numpy as np
from numpy.typing import NDArray


def line(*places: tuple[float, float]) -> NDArray[np.float64]:
    """Draw straight from place to place."""
    return np.array(places, dtype=np.float64)


def mirrored(*places: tuple[float, float]) -> NDArray[np.float64]:
    """Close a right half, given from top to bottom, with its mirror image."""
    right = line(*places)
    left = right[::-1] * [-1, 1] + [1, 0]
    return np.concatenate([right, left, right[:1]])


def arc(
    x: float, y: float, wide: float, high: float, start: float = 0, end: float = 2 * np.pi
) -> NDArray[np.float64]:
    """Draw an ellipse around (x, y), or the part between two angles, clockwise in radians."""
    angles = np.linspace(start, end, 24)
    return np.stack([x + wide * np.cos(angles), y + high * np.sin(angles)], axis=1)
