"""Blank pictures: one colour, a gradient of light or mere noise, and nothing that stands out."""

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture

# A picture is looked at in so many blocks a side; the spread among the parts of a block, so many a
# side, says how much of what is seen is noise.
BLOCKS, PARTS = 32, 3
# How much an edge stands out, of 255: white cloth on white ground does by ten and more.
FAINT = 4.0
# How much noise does, in its standard deviations. The plainest of 15,726 real photos is a third
# above this, noise a fifth below it.
DEVIATIONS = 5.0
# An outline is many blocks long, and one block of noise may stand out by chance.
SHARPEST = 0.01
WINDOW = 7


def is_blank(picture: Picture) -> bool:
    """Tell whether a picture has no edge anywhere, not even a faint one.

    An edge is where colour changes more from one block to the next than it does around: a gradient
    changes evenly, and noise by no more than its grain says.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.
    """
    blocks, noise = _blocks(picture)
    steps = np.maximum(_steps(blocks, 0), _steps(blocks, 1))
    if not steps.size:
        return True
    margin = WINDOW // 2
    around = sliding_window_view(np.pad(steps, margin, mode="reflect"), (WINDOW, WINDOW))
    edges = steps - np.median(around, axis=(2, 3))
    sharpest = np.sort(edges, axis=None)[-max(1, round(SHARPEST * edges.size)) :]
    return float(sharpest.mean()) < FAINT + DEVIATIONS * noise


def _blocks(picture: Picture) -> tuple[NDArray[np.float32], float]:
    """Average the picture in blocks, and estimate the noise of such an average."""
    height, width = picture.shape[:2]
    shape = [max(1, min(BLOCKS, side // PARTS)) for side in (height, width)]
    size = shape[1] * PARTS, shape[0] * PARTS
    small = cv2.resize(picture.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    parts = small.reshape(shape[0], PARTS, shape[1], PARTS, 3)
    noise = np.quantile(parts.var(axis=(1, 3)), 0.25, axis=(0, 1)).max() ** 0.5 / PARTS
    return parts.mean(axis=(1, 3)), float(noise)


def _steps(blocks: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    """Measure how much the colour changes from each block to the next, and to the last again."""
    step = np.abs(np.diff(blocks, axis=axis)).max(axis=2)
    return np.pad(step, [(0, 1 - axis), (0, axis)], mode="edge") if step.size else step
