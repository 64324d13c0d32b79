"""Predictions for a whole split, made only as far as somebody wants to know."""

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Prediction
from fmnist.inference.kept_outputs import halved
from fmnist.inference.ood import split_outputs
from fmnist.storage import Rows

# Some tenths of a second even for a large model: what a progress bar moves by.
_CHUNK = 256


class Predictions:
    """The predictions for every image of a split, computed on first use and then kept.

    They are kept in half precision, so that what was read from a file and what was computed now
    is the same.

    Args:
        classifier: who predicts.
        images: uint8 ``(n, 28, 28)``.
        outputs: what the classifier says of all of them, float16 ``(n, num_outputs)``, if it was
            asked before.

    Attributes:
        outputs: as above, as far as they are known.
    """

    def __init__(
        self,
        classifier: Classifier,
        images: Rows,
        outputs: NDArray[np.float16] | None = None,
    ) -> None:
        self._classifier, self._images = classifier, images
        shape = len(images), classifier.num_outputs
        known = outputs is not None and outputs.shape == shape
        self.outputs = np.zeros(shape, np.float16)
        if outputs is not None and known:
            self.outputs[:] = outputs
        self._probabilities, self._ood_scores = self._split(self.outputs)
        self._known = np.full(len(images), known)
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
            # Whoever waits here for others who want the same finds it done.
            with self._lock:
                self._predict(chunk[~self._known[chunk]])
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

    def _predict(self, chunk: NDArray[np.integer]) -> None:
        if not len(chunk):
            return
        exact = self._classifier.outputs(self._images[chunk])
        outputs = halved(exact, self._classifier.num_classes)
        self.outputs[chunk] = outputs
        self._probabilities[chunk], self._ood_scores[chunk] = self._split(outputs)
        self._known[chunk] = True

    def _split(
        self, outputs: NDArray[np.float16]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        classifier = self._classifier
        single = outputs.astype(np.float32)
        return split_outputs(single, classifier.num_classes, classifier.temperature)
