"""Guided filter: planes smoothed where a photo is smooth, and not across its edges."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture


def guided_filter(
    guide: Picture, planes: NDArray[np.float32], radius: int, epsilon: float
) -> NDArray[np.float32]:
    """Filter planes so that their edges lie where the guide's are.

    Within a small square each plane is a linear function of the guide's brightness, the one that
    fits best (He, Sun and Tang, "Guided Image Filtering", ECCV 2010).

    Args:
        guide: uint8 ``(height, width, 3)``, RGB.
        planes: ``(height, width, n)``, or ``(height, width)``.
        radius: of the squares, in pixels.
        epsilon: how much of the guide's variance, of brightness 0–1, is no edge yet.

    Returns:
        float32 of the planes' shape.
    """
    gray = np.asarray(cv2.cvtColor(guide, cv2.COLOR_RGB2GRAY), np.float32) / 255
    size = 2 * radius + 1, 2 * radius + 1

    def mean(values: NDArray) -> NDArray:
        return np.asarray(cv2.blur(values, size)).reshape(values.shape)

    brightness = gray if planes.ndim == 2 else gray[..., None]
    of_guide, of_planes = mean(gray).reshape(brightness.shape), mean(planes)
    variance = (mean(gray * gray) - mean(gray) ** 2).reshape(brightness.shape)
    slope = (mean(brightness * planes) - of_guide * of_planes) / (variance + epsilon)
    offset = of_planes - slope * of_guide
    return np.asarray(mean(slope) * brightness + mean(offset), np.float32)
