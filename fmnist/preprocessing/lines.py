"""Lines of a pen: drawn as a canvas draws them, and written so short that a link holds them."""

import base64
import json
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from fmnist.preprocessing.picture import InputError

# Pillow draws hard edges; reducing a larger canvas makes them as soft as a browser's.
_OVERSAMPLING = 4
# Pixels that a place may lie off the line when it is written: less than a hand trembles.
_TOLERANCE = 0.5
# Far more than a patient person draws.
_MOST_BYTES, _MOST_PLACES = 200_000, 5_000
_FARTHEST, _WIDEST = 10_000, 64


class Line(NamedTuple):
    """What a pen draws before it is lifted.

    Attributes:
        places: float64 ``(n, 2)``, at least one: x and y of where it went through, in pixels.
        width: in pixels.
        erases: whether it takes ink away.
    """

    places: NDArray[np.float64]
    width: float
    erases: bool = False


def draw_lines(lines: Sequence[Line], side: int) -> NDArray[np.uint8]:
    """Draw round-capped lines on a square canvas.

    Returns:
        uint8 ``(side, side)``, 0 paper, 255 ink.
    """
    canvas = Image.new("L", (side * _OVERSAMPLING, side * _OVERSAMPLING))
    pen = ImageDraw.Draw(canvas)
    for line in lines:
        ink, width = 0 if line.erases else 255, line.width * _OVERSAMPLING
        # Pillow counts from the middle of the first pixel, a canvas from its edge.
        places = [(x, y) for x, y in line.places * _OVERSAMPLING - 0.5]
        for place in places:
            pen.circle(place, width / 2 - 0.5, fill=ink)
        for ends in pairwise(places):
            pen.line(ends, fill=ink, width=round(width))
    return np.asarray(canvas.reduce(_OVERSAMPLING))


def write_lines(lines: Sequence[Line]) -> str:
    """Write lines as text for a link: letters, digits, ``-`` and ``_``."""
    rows = []
    for line in lines:
        every = line.places.astype(np.float32)
        # OpenCV would leave the last stretch out of a line that ends exactly where it began.
        every[-1] += 1e-3 * np.array_equal(every[-1], every[0])
        places = cv2.approxPolyDP(every, _TOLERANCE, closed=False)
        steps = np.diff(np.rint(places.reshape(-1, 2)).astype(int), axis=0, prepend=0)
        rows.append([round(line.width), int(line.erases), *steps.ravel().tolist()])
    packed = zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_lines(text: str) -> list[Line]:
    """Read what ``write_lines`` wrote.

    Raises:
        InputError: the text is something else.
    """
    unpacker = zlib.decompressobj()
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        rows = unpacker.decompress(packed, _MOST_BYTES)
        lines = [_line(*row) for row in json.loads(rows)] if unpacker.eof else []
        if not unpacker.eof or sum(len(line.places) for line in lines) > _MOST_PLACES:
            raise ValueError("expected all of it, and fewer places")
    except (ValueError, TypeError, LookupError, RecursionError, zlib.error) as error:
        raise InputError(
            "The link does not hold a drawing. Expected what the page wrote after “x=”, all of it."
        ) from error
    return lines


def _line(width: float, erases: int, *steps: float) -> Line:
    places = np.cumsum(np.array(steps, float).reshape(-1, 2), axis=0)
    # What is no number is not near either.
    if not (len(places) and 0 < width <= _WIDEST and np.abs(places).max() <= _FARTHEST):
        raise ValueError("expected places on a canvas")
    return Line(places, width, bool(erases))
