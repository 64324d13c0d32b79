"""Pixel statistics: the mean image of each class, and how often each value of a pixel occurs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.storage import Rows

_ROWS = 2048  # at once, so that little memory is taken
_VALUES = 256


@dataclass(frozen=True)
class PixelStatistics:
    """What the pixels of a data set's images are.

    Attributes:
        means: float32 ``(num_classes, height, width)``, 0–255, the mean image of each class.
        counts: int64 ``(num_classes, 256)``, how often each value occurs in images of each class.
    """

    means: NDArray[np.float32]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, images: Rows, labels: NDArray[np.uint8], num_classes: int) -> "PixelStatistics":
        """Go through images, uint8 ``(n, height, width)``, once; their labels are ``(n,)``."""
        shape = images[np.array([0])].shape[1:]
        sums = np.zeros((num_classes, int(np.prod(shape))), np.float64)
        counts = np.zeros((num_classes, _VALUES), np.int64)
        for start in range(0, len(labels), _ROWS):
            numbers = np.arange(start, min(start + _ROWS, len(labels)))
            rows = images[numbers].reshape(len(numbers), -1)
            for label in range(num_classes):
                own = rows[labels[numbers] == label]
                sums[label] += own.sum(axis=0, dtype=np.int64)
                counts[label] += np.bincount(own.reshape(-1), minlength=_VALUES)
        number = np.bincount(labels, minlength=num_classes)
        means = sums / np.maximum(number, 1)[:, None]
        return cls(means.reshape(-1, *shape).astype(np.float32), counts)

    def share_of_zeros(self) -> float:
        """Return the share of all pixels that are background, 0–1."""
        return float(self.counts[:, 0].sum() / self.counts.sum())

    def mean_and_deviation(self) -> tuple[float, float]:
        """Return the mean of all pixels and their standard deviation, both scaled to 0–1."""
        counts, values = self.counts.sum(axis=0), np.arange(_VALUES) / (_VALUES - 1)
        mean = float((counts * values).sum() / counts.sum())
        return mean, float(np.sqrt((counts * (values - mean) ** 2).sum() / counts.sum()))
