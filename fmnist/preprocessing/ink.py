"""Where the ink is in a drawing, whatever its colours."""

import numpy as np
from numpy.typing import NDArray

# What differs less than this from the ground, of 255, is the ground: paper, or JPEG's noise.
FAINTEST = 32


def find_ink(drawing: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Tell ink from ground by transparency or, in an opaque drawing, by the border's colour.

    Dark ink on light, light on dark and any colour on any other give the same ink.

    Args:
        drawing: uint8 ``(height, width, 4)`` RGBA, ``(height, width, 3)`` RGB or
            ``(height, width)`` gray.

    Returns:
        uint8 ``(height, width)``, 0 ground, 255 ink; all 0 when nothing is drawn.
    """
    if drawing.ndim == 3 and drawing.shape[2] == 4:
        alpha = drawing[..., 3]
        if alpha.min(initial=255) < 255:
            return np.where(alpha < FAINTEST, 0, alpha)
        drawing = drawing[..., :3]
    colours = drawing.reshape(*drawing.shape[:2], -1).astype(np.float32)
    border = np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]])
    difference = np.abs(colours - np.median(border, axis=0)).max(axis=-1)
    strongest = float(difference.max(initial=0))
    if strongest < FAINTEST:
        return np.zeros(difference.shape, dtype=np.uint8)
    difference[difference < FAINTEST] = 0
    return np.rint(difference * (255 / strongest)).astype(np.uint8)
