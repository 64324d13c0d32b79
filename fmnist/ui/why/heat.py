"""Heat: a map of what speaks for and against, laid over the picture that it is about."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.ui.charts import ACCENT, WRONG

_SIDE = 336  # pixels: twelve for each of an image, and as large as the panel shows it
_SHOWN = 0.55  # how bright the picture is under its map
_STRONGEST = 0.8  # how much of the map's colour there is where it says most


def heat(picture: NDArray[np.uint8], told: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Lay a map over a picture: the accent where it speaks for, red where it speaks against.

    Args:
        picture: uint8 ``(n, n)`` gray, or ``(n, n, 3)``.
        told: float ``(rows, columns)`` over the whole picture; the colours go by the greatest
            absolute value.

    Returns:
        uint8 ``(336, 336, 3)``.
    """
    size = (_SIDE, _SIDE)
    gray = picture if picture.ndim == 2 else picture.mean(axis=2).astype(np.uint8)
    fine = cv2.INTER_NEAREST if picture.ndim == 2 else cv2.INTER_AREA
    ground = cv2.resize(gray, size, interpolation=fine)[..., None] * np.float32(_SHOWN)
    strength = cv2.resize(told.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    signed = strength[..., None] / max(float(np.abs(told).max()), 1e-9)
    share = np.abs(signed) * _STRONGEST
    colour = np.where(signed > 0, _rgb(ACCENT), _rgb(WRONG))
    return np.rint(ground * (1 - share) + colour * share).astype(np.uint8)


def _rgb(colour: str) -> NDArray[np.float32]:
    return np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)], np.float32)
