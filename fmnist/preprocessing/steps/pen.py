"""Make thin strokes as thick, and thick ones as thin, as the data set's pens were."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fmnist.preprocessing.lines import line_width
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.step import Step

# Nine tenths of MNIST's test digits have strokes as wide as this, as shares of the longest edge;
# one in the middle has 0.12.
NARROWEST, WIDEST = 0.08, 0.19
# Pixels of the longest edge on which strokes are measured: enough for a tenth of the final pixel.
_SIDE = 200


def pen(ink: Picture) -> Picture:
    """Bring strokes to a width that is usual in MNIST; usual ones are left alone.

    Args:
        ink: uint8 ``(height, width)``, 0 ground, 255 ink, cropped.

    Returns:
        uint8 of another size, with strokes of the same middle lines.
    """
    scale = _SIDE / max(ink.shape)
    size = max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale))
    large = np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.BICUBIC))
    drawn = (large > 127).astype(np.uint8)
    if not drawn.any():
        return ink
    width = line_width(drawn)
    wanted = float(np.clip(width / _SIDE, NARROWEST, WIDEST))
    # Each side of a stroke moves by this much, and the edge of the whole moves with it.
    grow = (wanted * _SIDE - width) / 2 / (1 - wanted)
    return ink if abs(grow) < 0.5 else _moved(drawn, grow)


def _moved(drawn: Picture, grow: float) -> Picture:
    """Move the outline of what is drawn outwards by so many pixels, or inwards."""
    margin = max(0, int(np.ceil(grow)))
    wider = np.pad(drawn, margin + 1)
    away = _distance(1 - wider) - _distance(wider)
    moved = np.rint(255 * np.clip(grow - away + 0.5, 0, 1)).astype(np.uint8)
    return moved[1:-1, 1:-1]


def _distance(mask: Picture) -> NDArray[np.float32]:
    return np.maximum(np.asarray(cv2.distanceTransform(mask, cv2.DIST_L2, 5)) - 0.5, 0)


PEN = Step("As thick as usual", pen)
