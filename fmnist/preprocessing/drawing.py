"""From a drawing to one 28×28 image."""

import numpy as np

from fmnist.preprocessing.decode import decode_rgba
from fmnist.preprocessing.errors import InputError, called
from fmnist.preprocessing.ink import find_ink
from fmnist.preprocessing.model_inputs import Seen
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.extend import extend
from fmnist.preprocessing.steps.resize import resize
from fmnist.preprocessing.ways import CLOTHES, Way

# The canvas's picture comes from the browser, which may send anything.
MAX_SIDE = 2048


def drawing_to_image(drawing: Picture, way: Way = CLOTHES) -> Picture | None:
    """Find the ink of a drawing and bring it to the form of a data set.

    Args:
        drawing: uint8 ``(height, width, 4)`` RGBA as the canvas gives it, whose alpha is the ink
            in whatever colour; or an opaque RGB(A) or gray picture, whose ink is what differs
            from the border.
        way: the data set's.

    Returns:
        uint8 ``(28, 28)``, 0 ground, 255 garment or ink; None when nothing is drawn.

    Raises:
        InputError: the array is no picture, or a side is longer than ``MAX_SIDE``.
    """
    _check(drawing)
    ink = find_ink(drawing)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    return way.draw(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def drawing_to_raw_image(drawing: Picture) -> Picture | None:
    """Shrink the whole canvas to 28×28 and change nothing else, to show what that loses.

    Takes a drawing, returns and raises as ``drawing_to_image``.
    """
    _check(drawing)
    ink = find_ink(drawing)
    return extend(resize(ink), fill=0) if ink.any() else None


def read_drawing(data: bytes, name: str = "", way: Way = CLOTHES) -> Seen:
    """Read an image file with a drawing, the way of a data set.

    Raises:
        InputError: as ``decode`` does, or when nothing is drawn.
    """
    image = drawing_to_image(decode_rgba(data, name), way)
    if image is None:
        raise InputError(
            f"{called(name)} is blank: it has one colour throughout. Expected a drawing "
            "with ink that stands out from its ground."
        )
    return Seen(image)


def _check(drawing: Picture) -> None:
    shape = drawing.shape
    channels = shape[2] if len(shape) == 3 else 1
    if (
        drawing.dtype != np.uint8
        or len(shape) not in (2, 3)
        or channels not in (1, 3, 4)
        or 0 in shape
    ):
        raise InputError(
            "Expected a drawing as uint8 of shape (height, width), (height, width, 3) or "
            f"(height, width, 4), but {drawing.dtype} of shape {shape} arrived."
        )
    if max(shape[:2]) > MAX_SIDE:
        raise InputError(
            f"The drawing is {shape[1]} × {shape[0]} pixels; at most {MAX_SIDE} × {MAX_SIDE} are "
            "read. Draw on a smaller canvas."
        )
