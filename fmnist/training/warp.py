"""A random affine map: an image is turned, sheared, stretched, scaled and moved."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Warp:
    """How far an image is warped, about its middle.

    Attributes:
        angle: standard deviation of the turn, in radians.
        shear: standard deviation of the shear.
        stretch: standard deviation of the logarithm by which it grows one way and shrinks the
            other.
        zoom: the least and the most of the logarithm by which it grows both ways.
        shift: standard deviation of its way down and right, in pixels.
        background: what comes in at the edges, 0–255.
    """

    angle: float
    shear: float
    stretch: float
    zoom: tuple[float, float]
    shift: float
    background: int = 0

    def __call__(self, image: Image, random: np.random.Generator) -> Image:
        """Return an image, uint8 ``(side, side)`` or ``(side, side, channels)``, warped."""
        side = image.shape[0]
        angle, shear, stretch = random.normal(0, (self.angle, self.shear, self.stretch))
        zoom, shift = random.uniform(*self.zoom), random.normal(0, self.shift, 2)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        scale = np.diag(np.exp([zoom + stretch, zoom - stretch]))
        matrix = turn @ np.array([[1, shear], [0, 1]]) @ scale
        middle = np.array([side - 1, side - 1]) / 2
        affine = np.column_stack([matrix, middle + shift - matrix @ middle])
        border = (self.background,) * 3
        warped = cv2.warpAffine(
            np.ascontiguousarray(image), affine, (side, side), borderValue=border
        )
        return np.asarray(warped, dtype=np.uint8)
