"""A filter made by hand, and what convolution, ReLU and pooling make of an image with it."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.layers import Floats

PRESETS: dict[str, Floats] = {
    name: np.array(rows, np.float32)
    for name, rows in {
        "Sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        "Edges": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
        "Upright lines": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        "Level lines": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
        "Blur": [[1 / 9] * 3] * 3,
    }.items()
}


class Filtered(NamedTuple):
    """What comes out, step by step.

    Attributes:
        convolved: float32 ``(h, w)``, as large as the image: around it there is zero.
        rectified: the same after ReLU.
        pooled: float32 ``(h // 2, w // 2)``, the greatest of each 2×2.
    """

    convolved: Floats
    rectified: Floats
    pooled: Floats


def filtered(image: NDArray[np.uint8], kernel: NDArray[np.floating]) -> Filtered:
    """Pass a filter over an image, as a convolutional layer does.

    Args:
        image: uint8 ``(h, w)``.
        kernel: ``(rows, columns)``, odd numbers of them; weights of the pixels around each one.

    Returns:
        In the image's units: with weights that sum to 1, 0–255.
    """
    pixels, weights = image.astype(np.float32), kernel.astype(np.float32)
    out = cv2.filter2D(pixels, -1, weights, borderType=cv2.BORDER_CONSTANT)
    convolved = np.asarray(out, np.float32)
    rectified = np.maximum(convolved, 0)
    height, width = (side // 2 for side in image.shape)
    windows = rectified[: 2 * height, : 2 * width].reshape(height, 2, width, 2)
    return Filtered(convolved, rectified, windows.max(axis=(1, 3)))
