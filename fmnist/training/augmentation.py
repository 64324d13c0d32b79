"""Augmentations: small changes to training images that leave what they show as it is.

An augmentation takes uint8 ``(n, 28, 28)`` and a random generator and returns new images of the
same shape and type. Plain numpy, so that it works with whatever backend Keras runs on.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]
Augmentation = Callable[[Images, np.random.Generator], Images]

# How far an image is shifted at most, in pixels. Garments of 28×28 touch two of the four edges.
MAX_SHIFT = 2


def unchanged(images: Images, random: np.random.Generator) -> Images:
    """Return the images as they are."""
    return images


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


def flip_and_shift(images: Images, random: np.random.Generator) -> Images:
    """Mirror every second image, then move each."""
    return shift(flip(images, random), random)


# The name people choose.
AUGMENTATIONS: dict[str, Augmentation] = {
    "none": unchanged,
    "flip": flip,
    "shift": shift,
    "flip-and-shift": flip_and_shift,
}
