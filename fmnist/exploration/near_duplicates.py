"""Near-duplicates: test images that differ little from an image that models learn from."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# The largest distance that counts as near: the root mean square of the differences of pixels, 0–1.
NEAR = 0.06

_ROWS = 500  # test images at once: their distances take 120 MB


class NearDuplicates(NamedTuple):
    """Pairs of a test image and the training image nearest to it, the nearest pair first.

    Attributes:
        test: int32 ``(n,)``, the numbers of the test images.
        train: int32 ``(n,)``, those of the training images.
        distances: float32 ``(n,)``, see ``NEAR``.
    """

    test: NDArray[np.int32]
    train: NDArray[np.int32]
    distances: NDArray[np.float32]

    def at(self, places: slice) -> "NearDuplicates":
        """Return the pairs at some places of the ranking."""
        return NearDuplicates(self.test[places], self.train[places], self.distances[places])


def find_near_duplicates(
    test: NDArray[np.uint8], train: NDArray[np.uint8], near: float = NEAR
) -> NearDuplicates:
    """Find the test images that have a training image nearer than ``near``, each with its nearest.

    Args:
        test: uint8 ``(n, height, width)``.
        train: uint8 ``(m, height, width)``.
        near: see ``NEAR``.
    """
    learnt = train.reshape(len(train), -1).astype(np.float32)
    squares = np.einsum("ij,ij->i", learnt, learnt)
    nearest = np.concatenate(
        [
            (squares - 2 * (rows.astype(np.float32) @ learnt.T)).argmin(axis=1)
            for rows in _chunks(test.reshape(len(test), -1))
        ]
    )
    # Single precision finds the nearest; how near it is, is computed exactly.
    differences = test.astype(np.int32) - train[nearest]
    distances = np.sqrt((differences**2).mean(axis=(1, 2))) / 255
    (found,) = np.nonzero(distances < near)
    found = found[np.argsort(distances[found], kind="stable")]
    return NearDuplicates(
        found.astype(np.int32),
        nearest[found].astype(np.int32),
        distances[found].astype(np.float32),
    )


def count_exact_duplicates(splits: Sequence[NDArray[np.uint8]]) -> int:
    """Count the images, uint8 ``(n, height, width)`` each, that were there before, byte by byte."""
    images = [image.tobytes() for split in splits for image in split]
    return len(images) - len(set(images))


def _chunks(rows: NDArray[np.uint8]) -> Iterable[NDArray[np.uint8]]:
    return (rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS))
