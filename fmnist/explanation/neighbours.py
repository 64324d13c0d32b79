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

from fmnist.explanation.feature_index import FeatureIndex
from fmnist.explanation.layers import Floats
from fmnist.explanation.network import Network
from fmnist.preprocessing.as_photo import as_photo
from fmnist.storage import Rows

# Images at once: enough to keep the processor busy, and a quarter of the memory that 64 take.
_BATCH = 16
# How many of those that the index finds are compared exactly: of photos each takes 10 ms.
_COMPARED, _COMPARED_PHOTOS = 64, 16
# Numbers of the index for each image; a photo model's features lie near more directions.
_COMPONENTS, _COMPONENTS_PHOTOS = 32, 64


class Neighbour(NamedTuple):
    """A training image, by its number, and its distance: 0 is the same, 1 has nothing in common."""

    image: int
    distance: float


class FeatureExtractor:
    """Images to features, by a network's compiled twin and at the speed of predicting.

    Args:
        network: whose features: the vector before its head, or the mean of the vectors of all
            places, which is the same to a network whose head is averaged over them.

    Attributes:
        width: how many numbers the features of an image are.
        takes_photos: whether images are photos, of three colours.
    """

    def __init__(self, network: Network) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._interpreter = Interpreter(
            model_content=network.with_features(), num_threads=os.cpu_count()
        )
        (source,) = self._interpreter.get_input_details()
        features, *_ = self._interpreter.get_output_details()
        self._input, self._output = source["index"], features["index"]
        self.width = int(features["shape_signature"][-1])
        self.takes_photos = len(source["shape_signature"]) == 4
        self._allocated = 0
        self._lock = threading.Lock()

    def __call__(self, images: NDArray[np.uint8]) -> Floats:
        """Return the features of images, uint8 as the network takes them: ``(n, width)``, length 1.

        ``(n, 28, 28)``, or ``(n, 192, 192, 3)`` of photos.
        """
        size = 1 if self.takes_photos else _BATCH
        batches = [images[start : start + size] for start in range(0, len(images), size)]
        with self._lock:
            features = [self._of(batch) for batch in batches]
        found = np.concatenate(features) if features else np.empty((0, self.width), np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, 1e-12), np.float32)

    def _of(self, batch: NDArray[np.uint8]) -> Floats:
        if len(batch) != self._allocated:
            self._interpreter.resize_tensor_input(self._input, batch.shape)
            self._interpreter.allocate_tensors()
            self._allocated = len(batch)
        self._interpreter.set_tensor(self._input, batch.astype(np.float32))
        self._interpreter.invoke()
        features = np.asarray(self._interpreter.get_tensor(self._output))
        return features.mean(axis=(1, 2)) if features.ndim == 4 else features


class Neighbours:
    """The training images, in the order of their likeness to any image.

    To a model of photos they are shown as photos, see ``as_photo``.

    Args:
        extract: makes features.
        images: of training, uint8 ``(n, 28, 28)``.
        labels: theirs, uint8 ``(n,)``.
        index: of their features, if it was made before.

    Attributes:
        index: as above; None until ``build`` has been through all images.
    """

    def __init__(
        self,
        extract: FeatureExtractor,
        images: Rows,
        labels: NDArray[np.uint8],
        index: FeatureIndex | None = None,
    ) -> None:
        self._extract, self._images, self._labels = extract, images, labels
        self.index = index if index and len(index.codes) == len(images) else None
        self._features: NDArray[np.float16] | None = None
        self._done = 0
        self._lock = threading.Lock()

    def build(self, progress: Callable[[float], object] | None = None) -> FeatureIndex:
        """Make the index if there is none; who is interrupted has lost nothing, and two share.

        ``progress`` is called with the share done, 0–1.
        """
        while (index := self.index) is None:
            with self._lock:
                self._step()
            if progress:
                progress(self._done / len(self._images))
        return index

    def nearest(self, image: NDArray[np.uint8], label: int | None, n: int = 5) -> list[Neighbour]:
        """Return the training images most like one, the nearest first.

        The index tells which ones to compare, and their features are computed anew.

        Args:
            image: uint8 as the network takes it.
            label: of which class they are; None for any.
            n: how many.
        """
        (wanted,) = self._extract(image[None])
        likeness = self.build().likeness(wanted)
        if label is not None:
            likeness[self._labels != label] = -np.inf
        n_compared = _COMPARED_PHOTOS if self._extract.takes_photos else _COMPARED
        compared = np.argsort(-likeness)[:n_compared]
        compared = compared[np.isfinite(likeness[compared])]
        exact = self._of(compared) @ wanted
        order = np.argsort(-exact, kind="stable")[:n]
        return [Neighbour(int(compared[i]), max(0.0, 1 - float(exact[i]))) for i in order]

    def _of(self, places: NDArray[np.intp]) -> Floats:
        images = self._images[places]
        if self._extract.takes_photos:
            images = np.stack([as_photo(image) for image in images])
        return self._extract(images)

    def _step(self) -> None:
        """Compute the next features; with the last ones, the index."""
        if self.index is not None:
            return
        if self._features is None:
            self._features = np.zeros((len(self._images), self._extract.width), np.float16)
        chunk = np.arange(self._done, min(self._done + _BATCH, len(self._images)))
        self._features[chunk] = self._of(chunk)
        self._done += len(chunk)
        if self._done == len(self._images):
            components = _COMPONENTS_PHOTOS if self._extract.takes_photos else _COMPONENTS
            self.index, self._features = FeatureIndex.of(self._features, components), None
