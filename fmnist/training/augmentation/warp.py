"""A random affine map: an image is turned, sheared, stretched, scaled and moved."""

import math
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
        middle = (image.shape[0] - 1) / 2
        angle, shear, stretch = random.normal(0, (self.angle, self.shear, self.stretch))
        zoom, (right, down) = random.uniform(*self.zoom), random.normal(0, self.shift, 2)
        # First scaled, then sheared, then turned; written out, as it is done for every image.
        cos, sin = math.cos(angle), math.sin(angle)
        wide, high = math.exp(zoom + stretch), math.exp(zoom - stretch)
        xx, xy = wide * cos, high * (cos * shear - sin)
        yx, yy = wide * sin, high * (sin * shear + cos)
        affine = np.array(
            [
                [xx, xy, middle * (1 - xx - xy) + right],
                [yx, yy, middle * (1 - yx - yy) + down],
            ]
        )
        border = (self.background,) * 3
        warped = cv2.warpAffine(
            np.ascontiguousarray(image), affine, image.shape[:2], borderValue=border
        )
        return np.asarray(warped, dtype=np.uint8)
