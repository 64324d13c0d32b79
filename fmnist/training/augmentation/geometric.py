"""Augmentations: small changes to training images that leave what they show as it is.

An augmentation takes uint8 ``(n, 28, 28)`` and a random generator and returns new images of the
same shape and type. Plain numpy, so that it works with whatever backend Keras runs on.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation.warp import Warp

Images = NDArray[np.uint8]
Augmentation = Callable[[Images, np.random.Generator], Images]

# How far an image is shifted at most, in pixels. Garments of 28×28 touch two of the four edges.
MAX_SHIFT = 2

# As much as garments of one kind differ anyway.
_SLIGHTLY = Warp(angle=0.036, shear=0.024, stretch=0.024, zoom=(-0.042, 0.03), shift=0.3)

# Of random erasing: how often, how much of the image, and how far from square.
ERASED, AREA, ASPECT = 0.5, (0.02, 0.33), (0.3, 3.3)


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


def flip_and_warp(images: Images, random: np.random.Generator) -> Images:
    """Mirror every second image, then turn, shear, stretch, scale and move each slightly."""
    return np.stack([_SLIGHTLY(image, random) for image in flip(images, random)])


def erase(images: Images, random: np.random.Generator) -> Images:
    """Fill a rectangle of every second image with noise, so that no one part decides.

    Source: Zhong et al., "Random Erasing Data Augmentation", AAAI 2020.
    """
    n, height, width = images.shape
    area = random.uniform(*AREA, n) * height * width
    aspect = np.exp(random.uniform(np.log(ASPECT[0]), np.log(ASPECT[1]), n))
    high = np.clip(np.rint(np.sqrt(area * aspect)), 1, height).astype(int)
    wide = np.clip(np.rint(np.sqrt(area / aspect)), 1, width).astype(int)
    top = random.integers(0, height - high + 1)
    left = random.integers(0, width - wide + 1)
    erased = images.copy()
    for i in np.flatnonzero(random.random(n) < ERASED):
        place = (i, slice(top[i], top[i] + high[i]), slice(left[i], left[i] + wide[i]))
        erased[place] = random.integers(0, 256, (high[i], wide[i]))
    return erased


def flip_and_erase(images: Images, random: np.random.Generator) -> Images:
    """Mirror every second image, then erase parts of some."""
    return erase(flip(images, random), random)


# The name people choose.
AUGMENTATIONS: dict[str, Augmentation] = {
    "none": unchanged,
    "flip": flip,
    "shift": shift,
    "flip-and-shift": flip_and_shift,
    "flip-and-warp": flip_and_warp,
    "erase": erase,
    "flip-and-erase": flip_and_erase,
}
