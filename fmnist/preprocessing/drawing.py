"""From a drawing to one 28×28 image."""

import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.pipelines import CLOTHES, Pipeline
from fmnist.preprocessing.steps.fashion_mnist import extend, resize

# What differs less than this from the ground, of 255, is the ground: paper, or JPEG's noise.
FAINTEST = 32


def drawing_to_image(drawing: Picture, pipeline: Pipeline = CLOTHES) -> Picture | None:
    """Find the ink of a drawing and bring it to the form of a data set.

    Args:
        drawing: uint8 ``(height, width, 4)`` RGBA as the canvas gives it, whose alpha is the ink
            in whatever colour; or an opaque RGB(A) or gray picture, whose ink is what differs
            from the border.
        pipeline: the data set's.

    Returns:
        uint8 ``(28, 28)``, 0 ground, 255 garment or ink; None when nothing is drawn.
    """
    ink = find_ink(drawing)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    return pipeline.draw(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def drawing_to_raw_image(drawing: Picture) -> Picture | None:
    """Shrink the whole canvas to 28×28 and change nothing else, to show what that loses.

    Takes a drawing and returns as ``drawing_to_image``.
    """
    ink = find_ink(drawing)
    return extend(resize(ink), fill=0) if ink.any() else None


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
