"""Neighbours: the training images that a model finds most like an image.

Two images are alike if what the model computes just before its last layer, their features, points
the same way. So it is the model's own idea of likeness, of pixels that may differ much.
"""

import os
import threading
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.network import Floats, Network

# Images at once: large enough to keep the processor busy.
_BATCH = 64
# Rows of features that are made single precision at once, so that a product takes little memory.
_ROWS = 8192


class Neighbour(NamedTuple):
    """A training image, by its number, and its distance: 0 is the same, 1 has nothing in common."""

    image: int
    distance: float


class FeatureExtractor:
    """Images to features, by a network's compiled twin and at the speed of predicting.

    Args:
        network: whose features; before its head it has a vector.
    """

    def __init__(self, network: Network) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._interpreter = Interpreter(
            model_content=network.with_features(), num_threads=os.cpu_count()
        )
        (source,) = self._interpreter.get_input_details()
        *_, features = self._interpreter.get_output_details()
        self._input, self._output = source["index"], features["index"]
        self.width = int(features["shape_signature"][-1])
        self._allocated = 0
        self._lock = threading.Lock()

    def __call__(self, images: NDArray[np.uint8]) -> Floats:
        """Return the features of images, uint8 ``(n, 28, 28)``, as ``(n, width)`` of length 1."""
        with self._lock:
            if len(images) != self._allocated:
                self._interpreter.resize_tensor_input(self._input, images.shape)
                self._interpreter.allocate_tensors()
                self._allocated = len(images)
            self._interpreter.set_tensor(self._input, images.astype(np.float32))
            self._interpreter.invoke()
            features = self._interpreter.get_tensor(self._output)
        lengths = np.linalg.norm(features, axis=1, keepdims=True)
        return np.asarray(features / np.maximum(lengths, 1e-12), np.float32)


class TrainingFeatures:
    """The features of all training images, computed on first use and then kept.

    Args:
        extract: makes them.
        images: uint8 ``(n, 28, 28)``.
        labels: uint8 ``(n,)``.
        features: of all of them, float16 ``(n, width)``, if they were computed before.

    Attributes:
        features: as above, as far as they are known.
    """

    def __init__(
        self,
        extract: FeatureExtractor,
        images: NDArray[np.uint8],
        labels: NDArray[np.uint8],
        features: NDArray[np.float16] | None = None,
    ) -> None:
        self._extract, self._images, self._labels = extract, images, labels
        self.features = (
            np.zeros((len(images), extract.width), np.float16) if features is None else features
        )
        self._done = 0 if features is None else len(images)
        self._lock = threading.Lock()

    @property
    def complete(self) -> bool:
        """Whether there are those of every image."""
        return self._done == len(self._images)

    def compute(self, progress: Callable[[float], object] | None = None) -> None:
        """Compute what is missing; who is interrupted has lost nothing, and two share the work.

        ``progress`` is called with the share done, 0–1.
        """
        while not self.complete:
            with self._lock:
                start = self._done
                chunk = slice(start, start + _BATCH)
                self.features[chunk] = self._extract(self._images[chunk])
                self._done = min(start + _BATCH, len(self._images))
            if progress:
                progress(self._done / len(self._images))

    def nearest(self, image: NDArray[np.uint8], label: int | None, n: int = 5) -> list[Neighbour]:
        """Return the training images most like one, the nearest first.

        Args:
            image: uint8 ``(28, 28)``.
            label: of which class they are; None for any.
            n: how many.
        """
        (wanted,) = self._extract(image[None])
        likeness = np.concatenate(
            [
                self.features[start : start + _ROWS].astype(np.float32) @ wanted
                for start in range(0, len(self.features), _ROWS)
            ]
        )
        if label is not None:
            likeness[self._labels != label] = -np.inf
        order = np.argsort(-likeness)[:n]
        return [Neighbour(int(i), max(0.0, 1 - float(likeness[i]))) for i in order]
