"""The lines that symbols are made of, in 0–1 of a square, y downwards."""

import numpy as np
from numpy.typing import NDArray

# Each line is float64 (n, 2): x and y of the places a pen goes through.
Line = NDArray[np.float64]
Lines = list[Line]


def line(*places: tuple[float, float]) -> Line:
    """Draw straight from place to place."""
    return np.array(places, dtype=np.float64)


def mirrored(*places: tuple[float, float]) -> Line:
    """Close a right half, given from top to bottom, with its mirror image."""
    right = line(*places)
    left = right[::-1] * [-1, 1] + [1, 0]
    return np.concatenate([right, left, right[:1]])


def arc(
    x: float, y: float, wide: float, high: float, start: float = 0, end: float = 2 * np.pi
) -> Line:
    """Draw an ellipse around (x, y), or the part between two angles, clockwise in radians."""
    angles = np.linspace(start, end, 24)
    return np.stack([x + wide * np.cos(angles), y + high * np.sin(angles)], axis=1)


def rounded(corners: Line) -> Line:
    """Cut the corners twice; the ends stay.

    Source: Chaikin, "An algorithm for high-speed curve generation", 1974.
    """
    for _ in range(2):
        near, far = corners[:-1], corners[1:]
        cut = np.stack([0.75 * near + 0.25 * far, 0.25 * near + 0.75 * far], axis=1)
        corners = np.concatenate([corners[:1], cut.reshape(-1, 2), corners[-1:]])
    return corners


def turned(lines: Lines, angle: float) -> Lines:
    """Turn all lines about the middle of the square by an angle in radians."""
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return [(each - 0.5) @ turn.T + 0.5 for each in lines]
