"""The outline of a drawing: how wide its lines are, and the garment it encloses."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.uint8]

# Cloth is bright and what is drawn on it stands out darker, as seams and buttons do in the data.
CLOTH, LINE = 180, 60

# An outline that encloses this part of its convex hull is taken to be whole.
WHOLE = 0.45


def fill_outline(ink: Ink) -> Ink:
    """Fill what an outline encloses with cloth, and keep the lines drawn within.

    Gaps are closed as gently as will do: not at all, by a small morphological closing, by one
    straight line along the convex hull (an open waist or collar), by a larger closing. Lines that
    never enclose anything stay lines.

    Args:
        ink: uint8 ``(height, width)``, 0 ground, 255 ink, cropped to the drawing.

    Returns:
        uint8 ``(height, width)``, 0 ground, ``CLOTH`` within the outline and ``LINE`` on lines
        inside it; the ink itself if nothing is enclosed.
    """
    drawn = (ink > 127).astype(np.uint8)
    if not drawn.any():
        return ink
    points = np.argwhere(drawn)[:, ::-1].astype(np.int32)
    corners = np.asarray(cv2.convexHull(points), dtype=np.int32)[:, 0]
    whole = WHOLE * np.asarray(cv2.fillConvexPoly(np.zeros_like(drawn), corners, 1)).sum()
    best = drawn
    for filled in _fillings(drawn, corners):
        if filled.sum() > best.sum():
            best = filled
        if best.sum() > whole:
            break
    if best.sum() < 1.15 * drawn.sum():
        return ink
    # The outline itself is the edge of the cloth; it wobbles, so a good line's width belongs to it.
    inside = depth(best) > 1.5 * line_width(drawn)
    cloth = np.where(best == 1, CLOTH, 0)
    return np.where((drawn == 1) & inside, LINE, cloth).astype(np.uint8)


def _fillings(drawn: Ink, corners: NDArray[np.int32]) -> Iterator[Ink]:
    """Fill the outline with its gaps closed in one way after another, from gentle to bold."""
    size = max(drawn.shape)
    for gap in (0.0, 0.03, 0.06):
        yield _filled(drawn, round(gap * size))
    ends = zip(corners.tolist(), np.roll(corners, 1, axis=0).tolist(), strict=True)
    bridged = [
        _filled(np.asarray(cv2.line(drawn.copy(), start, end, 1, 2)), round(0.03 * size))
        for start, end in ends
        if np.hypot(*np.subtract(start, end)) > 0.1 * size
    ]
    yield max(bridged, key=lambda filled: filled.sum(), default=drawn)
    for gap in (0.1, 0.15, 0.2):
        yield _filled(drawn, round(gap * size))


def _filled(drawn: Ink, gap: int) -> Ink:
    """Fill all that the lines enclose once gaps of this many pixels are closed."""
    margin = gap + 2
    lines = np.pad(drawn, margin)
    if gap:
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (gap + 1, gap + 1))
        lines = np.asarray(cv2.morphologyEx(lines, cv2.MORPH_CLOSE, disc), dtype=np.uint8)
    flooded = lines.copy()
    cv2.floodFill(flooded, np.zeros(np.add(lines.shape, 2), dtype=np.uint8), (0, 0), (2,))
    return (flooded != 2).astype(np.uint8)[margin:-margin, margin:-margin]


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
