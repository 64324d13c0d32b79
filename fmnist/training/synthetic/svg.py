"""SVG: the strokes of a vector drawing as the lines that a pen goes along."""

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

import cv2
import numpy as np

from fmnist.training.synthetic.pen import Line, Lines

if TYPE_CHECKING:
    from svgelements import Color, Shape

# A curve is looked at in so many places, of which those are kept at which it bends: no line is
# further from it than this, in units of the square, where a pixel of 28×28 is 0.036.
_PLACES = np.linspace(0, 1, 25)[1:]
_TOLERANCE = 0.005
# What is filled and not larger than this, in the same units, is a dot.
_DOT = 0.2
# One straight line is too little to be a drawing of anything.
_LEAST_PLACES = 3


def read_lines(body: str, width: float, height: float) -> Lines:
    """Read an SVG as lines: what is stroked, and dots that are filled.

    Args:
        body: what stands between ``<svg>`` and ``</svg>``.
        width: of its view box, which begins at 0.
        height: likewise.

    Returns:
        Lines in 0–1 of a square, the largest first, as ``pen.sketch`` takes them; none if it is no
        line drawing: hardly anything is stroked, or something larger than a dot is filled.
    """
    # Only here: the web process, where nothing is drawn, need not load it.
    from svgelements import SVG, Shape

    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )
    stroked: Lines = []
    filled: Lines = []
    for shape in SVG.parse(StringIO(text)).elements():
        if isinstance(shape, Shape) and _is_seen(shape.stroke):
            stroked += _lines_of(shape)
        elif isinstance(shape, Shape) and _is_seen(shape.fill):
            filled += _lines_of(shape)
    n = sum(len(line) for line in stroked)
    if n < _LEAST_PLACES or any(_size(line) > _DOT for line in filled):
        return []
    return sorted([*stroked, *filled], key=_size, reverse=True)


def _is_seen(colour: "Color | None") -> bool:
    return colour is not None and colour.value is not None


def _lines_of(shape: "Shape") -> Iterator[Line]:
    """Follow a shape; each time the pen is lifted, another line begins."""
    from svgelements import Close, Move, Path
    from svgelements import Line as Straight

    places: list[np.ndarray] = []
    # What is turned is so only when it is made a path and its turn applied.
    for segment in Path(shape).reify():
        if isinstance(segment, Move):
            yield from _simplified(places)
            places = []
        if isinstance(segment, Move | Straight | Close):
            places.append(np.array([[segment.end.x, segment.end.y]]))
        else:
            places.append(segment.npoint(_PLACES))
    yield from _simplified(places)


def _simplified(places: list[np.ndarray]) -> Iterator[Line]:
    """Join places to a line without those that it would go through anyway."""
    if sum(len(each) for each in places) < 2:
        return
    every = np.concatenate(places).astype(np.float32)
    closed = bool(np.hypot(*(every[0] - every[-1])) < _TOLERANCE)
    # To OpenCV a closed line does not come back to its first place; to the pen it does.
    line = cv2.approxPolyDP(every[:-1] if closed else every, _TOLERANCE, closed)[:, 0]
    yield np.concatenate([line, line[:1]] if closed else [line]).astype(np.float64)


def _size(line: Line) -> float:
    return float(np.hypot(*np.ptp(line, axis=0)))
