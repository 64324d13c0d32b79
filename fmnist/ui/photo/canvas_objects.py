"""Marks as the page's canvas has them: objects of Fabric.js, in pixels."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from fmnist.preprocessing.edits import Edits, Kind, Mark, Place
from fmnist.preprocessing.picture import InputError
from fmnist.ui.fabric import FARTHEST, number, path_places, path_width, scale_of

# Their colours tell the marks apart. Paint is translucent, so that the photo shines through.
INKS: dict[Kind, str] = {
    "garment": "rgba(74, 144, 255, 0.5)",
    "ground": "rgba(224, 82, 66, 0.5)",
    "box": "rgba(74, 144, 255, 0.9)",
}
LINE_WIDTH = 2

# Far more than a patient person draws.
MAX_MARKS, MAX_POINTS = 200, 20_000
# A click with the box in hand draws a box too, of a few pixels.
_SMALLEST_BOX = 8

# (width, height) in pixels.
Size = tuple[int, int]


def read_objects(objects: object, size: Size, edits: Edits) -> tuple[Mark, ...]:
    """Read what the canvas sends.

    Args:
        objects: the list of Fabric's objects (https://fabricjs.com/api), from JSON. It comes
            from a browser, so it may be anything.
        size: of the canvas.
        edits: how the photo is turned on the canvas.

    Returns:
        The marks, on the photo as it arrived.

    Raises:
        InputError: it is something else than strokes and boxes, or too many of them.
    """
    try:
        marks = [_read(thing) for thing in objects]  # type: ignore[attr-defined]
    except (TypeError, ValueError, LookupError) as error:
        raise InputError(
            "What the canvas sent cannot be read. Expected strokes and boxes; draw them again."
        ) from error
    if len(marks) > MAX_MARKS or sum(len(mark.points) for mark in marks) > MAX_POINTS:
        raise InputError(
            f"At most {MAX_MARKS} strokes of {MAX_POINTS:,} points in all are read. "
            "Draw fewer and broader ones."
        )
    return tuple(
        Mark(
            mark.kind,
            tuple(_rounded(edits.unproject((x / size[0], y / size[1]))) for x, y in mark.points),
            round(mark.width / max(size), 4),
        )
        for mark in marks
        if mark.kind != "box" or np.ptp(mark.points, axis=0).min() >= _SMALLEST_BOX
    )


def write_objects(marks: Sequence[Mark], size: Size, edits: Edits) -> list[dict[str, object]]:
    """Write marks for the canvas to draw: the inverse of ``read_objects``."""
    objects: list[dict[str, object]] = []
    for mark in marks:
        points = np.multiply([edits.project(point) for point in mark.points], size)  # (n, 2)
        look = {"stroke": INKS[mark.kind], "fill": None}
        if mark.kind == "box":
            (left, top), (width, height) = points.min(axis=0).tolist(), np.ptp(points, 0).tolist()
            place = {"left": left, "top": top, "originX": "left", "originY": "top"}
            line = {"width": width, "height": height, "strokeWidth": LINE_WIDTH}
            objects.append({"type": "Rect", **look, **place, **line})
        else:
            path = [["L" if i else "M", x, y] for i, (x, y) in enumerate(points.tolist())]
            line = {"strokeLineCap": "round", "strokeLineJoin": "round"}
            width = mark.width * max(size)
            objects.append({"type": "Path", **look, **line, "path": path, "strokeWidth": width})
    return objects


def _read(thing: Any) -> Mark:
    kind = {ink: kind for kind, ink in INKS.items()}[thing["stroke"]]
    if kind == "box":
        corner = np.array([number(thing["left"]), number(thing["top"])])
        side = scale_of(thing) * (number(thing["width"]), number(thing["height"]))
        return Mark(kind, _points(np.stack([corner, corner + side])))
    return Mark(kind, _points(path_places(thing)), path_width(thing))


def _points(array: np.ndarray) -> tuple[Place, ...]:
    return tuple((x, y) for x, y in np.clip(array, -FARTHEST, FARTHEST).tolist())


def _rounded(point: Place) -> Place:
    # To what survives the way to the canvas and back, so that a mark stays what it is.
    return round(point[0], 4), round(point[1], 4)
