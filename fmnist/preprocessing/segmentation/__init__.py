"""Segmentation: what a photo was taken of, told from its background."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation.saliency import Plane

# uint8 (height, width) painted by a person: GROUND, GARMENT (or ink), 0 unknown.
Labels = NDArray[np.uint8]
GROUND, GARMENT = 1, 2

DOUBTFUL = 0.75


@dataclass(frozen=True)
class Segmentation:
    """The result of a segmentation: what was found in a photo.

    Attributes:
        mask: uint8 ``(height, width)`` of the photo's size, 0 ground, 255 garment or ink, soft
            edges.
        confidence: 0–1, how clearly it stands out; below ``DOUBTFUL`` the mask is better shown to
            the person who brought the photo.
        left_out: how many more things of some size the photo shows.
    """

    mask: Picture
    confidence: float
    left_out: int


class Segmenter(Protocol):
    """Tells what a photo was taken of from its ground."""

    def __call__(
        self, picture: Picture, hints: Labels | None = None, where: Plane | None = None
    ) -> Segmentation:
        """Find it in uint8 ``(height, width, 3)``, RGB, or ``(height, width, 4)``, RGBA.

        Args:
            picture: the photo.
            hints: what a person painted there.
            where: float32 ``(height, width)``, 0–1: how much each place speaks for it.
        """


class Locator(Protocol):
    """Tells where in a photo the thing is that it shows."""

    def __call__(self, photo: Picture) -> Plane:
        """Return float32 ``(cells, cells)``, 0–1, of what ``squared`` returns."""
