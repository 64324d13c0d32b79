"""The outline of what was found in a photo, drawn on it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing import Picture
from fmnist.ui.charts import ACCENT

# Pixels of the longest side: twice what the page shows, for screens that are as fine.
_SIDE = 720
# Pixels: a line of the accent with paper on both sides of it, which is seen on any cloth.
_LINE, _PAPER = 4, 10


def outlined(picture: Picture, mask: NDArray[np.uint8]) -> bytes:
    """Draw a line around what was found.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.
        mask: uint8 of the same proportions, 255 what was found.

    Returns:
        A JPEG, its longest side 720 pixels.
    """
    height, width = picture.shape[:2]
    scale = _SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    shown = cv2.resize(
        picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    )
    found = (cv2.resize(mask, size, interpolation=cv2.INTER_LINEAR) > 127).astype(np.uint8)
    # Where the picture is all garment there is nothing to tell apart.
    if not found.all():
        lines, _ = cv2.findContours(found, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        accent = tuple(bytes.fromhex(ACCENT[1:]))
        for colour, thickness in ((3 * (255,), _PAPER), (accent, _LINE)):
            shown = cv2.drawContours(shown, lines, -1, colour, thickness, cv2.LINE_AA)
    _, file = cv2.imencode(".jpg", cv2.cvtColor(shown, cv2.COLOR_RGB2BGR))
    return file.tobytes()
