"""Segmentation: what a photo was taken of, told from its background."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
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


@dataclass(frozen=True)
class Outline:
    """A garment in a photo, or a pair of shoes: where it is, and what its pixels show.

    Attributes:
        probabilities: float32 ``(num_classes + 1,)``, summing to 1, the last one of a garment of
            none of the classes.
        where: float32 ``(height, width)``, of the photo's proportions, 0–1: how likely each place
            belongs to it; more than a half where it does.
        box: top, left, bottom and right, the last two not included, as shares of the photo.
        share: of the photo that it covers, 0–1.
    """

    probabilities: NDArray[np.float32]
    where: Plane
    box: tuple[float, float, float, float]
    share: float

    @property
    def label(self) -> int | None:
        """The index of the most probable class; None of a garment of none of them."""
        best = int(self.probabilities.argmax())
        return best if best < len(self.probabilities) - 1 else None

    def mask(self, shape: tuple[int, ...]) -> Picture:
        """Return where it is: uint8 of this height and width, 0 or 255."""
        size = shape[1], shape[0]
        large = cv2.resize(self.where, size, interpolation=cv2.INTER_LINEAR)
        return np.where(large > 0.5, 255, 0).astype(np.uint8)


class Outliner(Protocol):
    """Tells the garments in a photo apart."""

    def __call__(self, photo: Picture) -> Sequence[Outline]:
        """Find them in uint8 ``(height, width, 3)``, RGB; first the largest in the middle."""


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
