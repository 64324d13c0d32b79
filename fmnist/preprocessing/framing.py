"""Framing: what was laid around a photo, to be cropped off before anything is looked for."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.blank import is_blank
from fmnist.preprocessing.picture import Picture

Box = tuple[int, int, int, int]  # top, left, bottom, right

# Of 255: what a frame varies by, and what differs from it. Between them lies what JPEG leaves
# beside an edge.
PLAIN, DIFFERENT = 6, 24
# Ticks and labels stand beside a figure's picture: shares of the picture that they cover, and of
# what lies around.
LABELLED, CROWDED = 0.001, 0.15
BLUR = 5  # pixels
# Shares: of an edge that differs from the frame, and of the picture that lies within it, unless
# there are labels. A wallet on white may have edges as straight, but does not fill its photo.
STRAIGHT, WITHIN = 0.97, 0.4
SMALLEST = 28
# Frames lie in frames: a figure has a margin, and its picture a line around it.
MOST = 4


def crop_frame(picture: Picture) -> Picture:
    """Crop a photo out of a plain frame, out of bars on two sides or out of a figure's axes.

    Nothing is cut off but what is one colour, as no camera sees it, and ends at straight edges, as
    hardly a garment does; nor if nothing would be left but one colour.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.

    Returns:
        uint8 ``(h, w, 3)``, the part inside; the picture itself if there is no frame.
    """
    *_, inside = within_frames(picture)
    return np.ascontiguousarray(inside)


def within_frames(picture: Picture) -> Iterator[Picture]:
    """Yield the picture, and what is left of it as one frame after another is cropped off."""
    yield picture
    for _ in range(MOST):
        box = _framed(picture)
        if box is None:
            return
        top, left, bottom, right = box
        picture = picture[top:bottom, left:right]
        if is_blank(picture):
            return
        yield picture


def _framed(picture: Picture) -> Box | None:
    """Find the rectangle that a frame leaves free; None if there is no frame."""
    for first, last in ((picture[0], picture[-1]), (picture[:, 0], picture[:, -1])):
        ground = np.median(first, axis=0).astype(np.int16)
        edges = np.abs(np.concatenate([first, last]) - ground).max(axis=1)
        if (edges > PLAIN).mean() > CROWDED:
            continue
        distance = np.abs(picture - ground).max(axis=2)
        box = _rectangle(distance > DIFFERENT)
        if box and _is_frame(distance, box):
            return box
    return None


def _rectangle(differs: NDArray[np.bool_]) -> Box | None:
    """Box the largest thing that differs from the frame, without the ticks that stick out."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(differs.astype(np.uint8), connectivity=8)
    if len(boxes) < 2:
        return None
    left, top, width, height, _ = max(boxes[1:].tolist(), key=lambda box: box[2] * box[3])
    part = differs[top : top + height, left : left + width]
    rows, columns = (np.flatnonzero(part.mean(axis=axis) > 0.5) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return None
    box = top + rows[0], left + columns[0], top + rows[-1] + 1, left + columns[-1] + 1
    return box if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST else None


def _is_frame(distance: NDArray[np.int16], box: Box) -> bool:
    """Tell whether all around a rectangle is plain, on two sides at least, and its edges sharp."""
    top, left, bottom, right = box
    differs = distance > DIFFERENT
    outside = np.ones(distance.shape, dtype=bool)
    outside[top:bottom, left:right] = False
    if not outside.any() or (distance[outside] > PLAIN).mean() > CROWDED:
        return False
    if outside.mean() > 1 - WITHIN and not _labelled(differs, box):
        return False
    sides = {  # the lines of each, from the picture's end to the rectangle's edge
        "top": differs[: top + 1, left:right],
        "bottom": differs[bottom - 1 :, left:right][::-1],
        "left": differs[top:bottom, : left + 1].T,
        "right": differs[top:bottom, right - 1 :].T[::-1],
    }
    framed = {name for name, lines in sides.items() if len(lines) > 1}
    if not ({"top", "bottom"} <= framed or {"left", "right"} <= framed):
        return False
    return all(
        sides[name][-1].mean() >= STRAIGHT and sides[name][:-1][-3:][0].mean() <= CROWDED
        for name in framed
    )


def _labelled(differs: NDArray[np.bool_], box: Box) -> bool:
    """Tell whether something stands beside a rectangle, farther off than the blur of its edge."""
    top, left, bottom, right = box
    beside = differs.copy()
    beside[max(0, top - BLUR) : bottom + BLUR, max(0, left - BLUR) : right + BLUR] = False
    return bool(beside.mean() >= LABELLED)
