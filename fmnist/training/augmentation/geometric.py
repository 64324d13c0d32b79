"""Geometric augmentations: flips, shifts, and random affine maps."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]

# How far an image is shifted at most, in pixels. Garments of 28×28 touch two of the four edges.
MAX_SHIFT = 2


def flip(images: Images, random: np.random.Generator) -> Images:
    """Mirror every second image, left to right. Right for clothes, wrong for digits."""
    mirrored = random.random(len(images)) < 0.5
    return np.where(mirrored[:, None, None], images[:, :, ::-1], images)


def shift(images: Images, random: np.random.Generator) -> Images:
    """Move each image by up to ``MAX_SHIFT`` pixels each way and fill with background."""
    _, height, width = images.shape
    padded = np.pad(images, ((0, 0), (MAX_SHIFT, MAX_SHIFT), (MAX_SHIFT, MAX_SHIFT)))
    top, left = random.integers(0, 2 * MAX_SHIFT + 1, size=(2, len(images), 1))
    rows = top + np.arange(height)  # (n, height)
    columns = left + np.arange(width)  # (n, width)
    return padded[np.arange(len(images))[:, None, None], rows[:, :, None], columns[:, None, :]]


@dataclass(frozen=True)
class Warp:
    """A random affine map: an image is turned, sheared, stretched, scaled and moved.

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

    def __call__(self, image: Images, random: np.random.Generator) -> Images:
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


# As much as garments of one kind differ anyway.
_SLIGHTLY = Warp(angle=0.036, shear=0.024, stretch=0.024, zoom=(-0.042, 0.03), shift=0.3)


def flip_and_warp(images: Images, random: np.random.Generator) -> Images:
    """Mirror every second image, then turn, shear, stretch, scale and move each slightly."""
    return np.stack([_SLIGHTLY(image, random) for image in flip(images, random)])
