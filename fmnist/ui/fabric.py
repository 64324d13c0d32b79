"""What a canvas sends: objects of Fabric.js (https://fabricjs.com/api), from JSON.

They come from a browser, so they may be anything.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

FARTHEST = 10_000  # pixels


def path_places(path: Any) -> NDArray[np.float64]:
    """Return where a free line goes through, as it lies on the canvas: ``(n, 2)``, in pixels.

    Raises:
        TypeError, ValueError, LookupError: if it is none.
    """
    places: list[NDArray[np.float64]] = []
    for _, *numbers in path["path"]:  # ["M", x, y], ["L", x, y] or ["Q", bend x, bend y, x, y]
        *bend, place = np.array([number(each) for each in numbers]).reshape(-1, 2)
        if bend:  # the middle of the curve
            places.append((places[-1] + 2 * bend[0] + place) / 4)
        places.append(place)
    drawn = np.array(places)
    # Who moves, stretches or turns a line on the canvas leaves its path as it was.
    middle = (drawn.min(axis=0) + drawn.max(axis=0)) / 2
    angle = math.radians(number(path.get("angle", 0)))
    turn = [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]
    moved = number(path.get("left", middle[0])), number(path.get("top", middle[1]))
    return np.asarray((drawn - middle) * scale_of(path) @ turn + moved)


def path_width(path: Any) -> float:
    """Return how wide a line is, in pixels; raises as ``path_places``."""
    return number(path["strokeWidth"]) * math.sqrt(abs(scale_of(path).prod()))


def scale_of(thing: Any) -> NDArray[np.float64]:
    """Return how much a thing is stretched in x and y; raises as ``path_places``."""
    return np.array([number(thing.get("scaleX", 1)), number(thing.get("scaleY", 1))])


def number(value: object) -> float:
    """Return a number of pixels; raises ``ValueError`` if it is none."""
    if not isinstance(value, int | float) or not abs(value) <= FARTHEST:
        raise ValueError(f"expected a number of pixels, not {value!r}")
    return float(value)
