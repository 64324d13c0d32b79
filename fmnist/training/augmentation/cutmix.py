"""CutMix: a piece of one image in another, and as much of its label."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]
Targets = NDArray[np.float32]

# This part of all epochs, the last, goes without: the test images are whole.
WHOLE = 0.1


@dataclass(frozen=True)
class CutMix:
    """CutMix in most epochs.

    Attributes:
        share: of the images that get a piece of another, 0–1.
        epochs: how many there are in all.
    """

    share: float = 0.0
    epochs: int = 0

    def __call__(
        self,
        images: Images,
        targets: Targets,
        random: np.random.Generator,
        epoch: int,
    ) -> tuple[Images, Targets]:
        """Mix a batch of an epoch, counted from 0, or return it as it is."""
        if not self.share or epoch >= round((1 - WHOLE) * self.epochs):
            return images, targets
        return cutmix(images, targets, random, self.share)


def cutmix(
    images: Images, targets: Targets, random: np.random.Generator, share: float
) -> tuple[Images, Targets]:
    """Put a rectangle of another image of the batch into some images.

    Source: Yun et al., "CutMix: Regularization Strategy to Train Strong Classifiers with
    Localizable Features", ICCV 2019; how large the rectangle is, is uniform there too.

    Args:
        images: uint8 ``(n, height, width)``.
        targets: float32 ``(n, num_classes)``, rows that sum to 1.
        random: decides who gets what.
        share: of the images that get a piece of another, 0–1.

    Returns:
        New images and targets; a row has as much of the other's target as the image of the other.
    """
    n, height, width = images.shape
    others = random.permutation(n)
    side = np.sqrt(random.uniform(0, 1, n))
    middle = random.uniform(0, 1, (2, n))
    mixed_images, mixed_targets = images.copy(), targets.copy()
    for i in np.flatnonzero(random.random(n) < share):
        top, bottom = _span(middle[0, i], side[i], height)
        left, right = _span(middle[1, i], side[i], width)
        mixed_images[i, top:bottom, left:right] = images[others[i], top:bottom, left:right]
        part = (bottom - top) * (right - left) / (height * width)
        mixed_targets[i] = (1 - part) * targets[i] + part * targets[others[i]]
    return mixed_images, mixed_targets


def _span(middle: float, side: float, length: int) -> tuple[int, int]:
    """Return where a side begins and ends, in pixels, as far as it lies within the image."""
    start, end = (round((middle + way * side / 2) * length) for way in (-1, 1))
    return max(start, 0), min(end, length)
