"""Predictions for a whole split, made only as far as somebody wants to know."""

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Prediction

# Some tenths of a second even for a large model: what a progress bar moves by.
_CHUNK = 256


class Predictions:
    """The predictions for every image of a split, computed on first use and then kept.

    Args:
        classifier: who predicts.
        images: uint8 ``(n, 28, 28)``.
    """

    def __init__(self, classifier: Classifier, images: NDArray[np.uint8]) -> None:
        self._classifier, self._images = classifier, images
        self._probabilities = np.zeros((len(images), classifier.num_classes), np.float32)
        self._ood_scores = np.zeros(len(images), np.float32)
        self._known = np.zeros(len(images), bool)
        self._lock = threading.Lock()

    @property
    def complete(self) -> bool:
        """Whether every image has been predicted."""
        return bool(self._known.all())

    def of(
        self, indices: NDArray[np.integer], progress: Callable[[float], object] | None = None
    ) -> NDArray[np.float32]:
        """Return float32 ``(len(indices), num_classes)`` for the images of these indices.

        ``progress`` is called with the share done, 0–1, while images are being predicted.
        """
        missing = np.unique(indices[~self._known[indices]])
        for start in range(0, len(missing), _CHUNK):
            chunk = missing[start : start + _CHUNK]
            # Two sessions may both predict an image; they write the same numbers.
            probabilities, scores = self._classifier.predict(self._images[chunk])
            with self._lock:
                self._probabilities[chunk], self._ood_scores[chunk] = probabilities, scores
                self._known[chunk] = True
            if progress:
                progress((start + len(chunk)) / len(missing))
        return self._probabilities[indices]

    def all(self, progress: Callable[[float], object] | None = None) -> NDArray[np.float32]:
        """Return float32 ``(n, num_classes)``: ``of`` every image."""
        return self.of(np.arange(len(self._images)), progress)

    def one(self, index: int) -> Prediction:
        """Return the prediction for one image."""
        (probabilities,) = self.of(np.array([index]))
        return Prediction(probabilities, float(self._ood_scores[index]))
