"""Embedding: all images of a data set as points in the plane, those alike near each other.

There are two, which look at different things. *Features* is UMAP (McInnes, Healy and Melville,
2018) of what a model has made of an image before its last layer; *pixels*, for contrast, is the
first two principal components (Pearson, 1901) of the raw pixels.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.neighbours import Neighbour
from fmnist.storage import replacing

MapName = Literal["features", "pixels"]
MAP_NAMES: tuple[MapName, ...] = get_args(MapName)

Points = NDArray[np.uint16]
Floats = NDArray[np.float32]

# The plane goes from 0 to this in both directions.
SIDE = 65_535
# Room around the points, a share of the plane.
_MARGIN = 0.03
_ROWS = 4096  # images at once, so that little memory is taken
_K = 15


class EmbeddingKey(NamedTuple):
    """What was embedded: the SHA-256 of the model's twin and of the pixels of both splits."""

    twin: str
    train: str
    test: str


@dataclass(frozen=True)
class Embedding:
    """Where n images lie in the plane: those of the training split first, then those of the test.

    Attributes:
        features: uint16 ``(n, 2)``, by UMAP of a model's features.
        pixels: uint16 ``(n, 2)``, by the principal components of the pixels.
        axes: float32 ``(784, 2)``, how far a step of a pixel, 0–255, moves an image there.
        origin: float32 ``(2,)``, where an image that is all 0 lies there.
        agreement: float32 ``(2,)``, how much each tells of the classes: the share of test images
            that have the label of most of their 15 nearest training images in the plane.
    """

    features: Points
    pixels: Points
    axes: Floats
    origin: Floats
    agreement: Floats

    @classmethod
    def of(
        cls,
        images: NDArray[np.uint8],
        labels: NDArray[np.uint8],
        n_train: int,
        reduced: NDArray[np.floating],
    ) -> "Embedding":
        """Make both embeddings, the one of features from what UMAP has made of them.

        Args:
            images: uint8 ``(n, 28, 28)``, the first ``n_train`` of them of training.
            labels: uint8 ``(n,)``.
            n_train: how many are of training.
            reduced: ``(n, 2)``, of any size.
        """
        components, centre = principal_components(images)
        flat = images.reshape(len(images), -1)
        projected = np.concatenate(
            [
                (flat[start : start + _ROWS] - centre) @ components
                for start in range(0, len(flat), _ROWS)
            ]
        )
        pixels, scale, shift = _fitted(projected)
        features, _, _ = _fitted(reduced)
        agreement = [neighbour_accuracy(points, labels, n_train) for points in (features, pixels)]
        axes = components * scale
        return cls(
            features,
            pixels,
            axes.astype(np.float32),
            (shift - centre @ axes).astype(np.float32),
            np.array(agreement, np.float32),
        )

    def place_by_features(self, nearest: Sequence[Neighbour]) -> tuple[float, float]:
        """Place a new image among its nearest training images: the mean of where they lie.

        Half as far counts twice. UMAP has no formula for a new image. Of 1,000 test images of
        Fashion-MNIST that were placed so by their five nearest, half lie within 0.5 % of the
        plane's side from where UMAP itself has put them, and 95 % within 1.3 %.

        Returns:
            x and y, each 0–``SIDE``.
        """
        weights = 1 / np.maximum([each.distance for each in nearest], 1e-4)
        points = self.features[[each.image for each in nearest]]
        x, y = np.average(points, axis=0, weights=weights)
        return float(x), float(y)

    def place_by_pixels(self, image: NDArray[np.uint8]) -> tuple[float, float]:
        """Place a new image, uint8 ``(28, 28)``, by its principal components, which is exact."""
        x, y = np.clip(image.reshape(-1) @ self.axes + self.origin, 0, SIDE)
        return float(x), float(y)

    @classmethod
    def read(cls, path: Path, key: EmbeddingKey) -> "Embedding | None":
        """Read what ``write`` kept; None if it is not there, or of another model or images."""
        try:
            with np.load(path) as file:
                found = EmbeddingKey(*(str(file[name]) for name in EmbeddingKey._fields))
                embedding = cls(*(file[name] for name in cls.__dataclass_fields__))
        except (OSError, LookupError, ValueError, EOFError, zipfile.BadZipFile):
            return None
        return embedding if found == key else None

    def write(self, path: Path, key: EmbeddingKey) -> None:
        """Keep it in a file, with what it is of."""
        with replacing(path) as temporary, temporary.open("wb") as file:
            np.savez_compressed(file, **vars(self), **key._asdict())


def umap(features: NDArray[np.floating]) -> Floats:
    """Reduce features, ``(n, width)``, to ``(n, 2)`` by UMAP; the same again from the same.

    Raises:
        ModuleNotFoundError: if umap-learn is not installed.
    """
    from umap import UMAP

    reducer = UMAP(n_neighbors=_K, min_dist=0.5, metric="cosine", random_state=0, n_jobs=1)
    return np.asarray(reducer.fit_transform(features), np.float32)


def principal_components(images: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """Return the two directions in which images, ``(n, 28, 28)``, differ most, and their mean.

    Returns:
        float32 ``(784, 2)``, of length 1, and float32 ``(784,)``.
    """
    flat = images.reshape(len(images), -1)
    centre = flat.mean(axis=0, dtype=np.float64)
    products = np.zeros((flat.shape[1],) * 2)
    for start in range(0, len(flat), _ROWS):
        rows = flat[start : start + _ROWS] - centre
        products += rows.T @ rows
    _, directions = np.linalg.eigh(products)
    return directions[:, :-3:-1].astype(np.float32), centre.astype(np.float32)


def neighbour_accuracy(points: Points, labels: NDArray[np.uint8], n_train: int) -> float:
    """Return the share of test images with the label of most of their nearest training images.

    Args:
        points: ``(n, 2)``, those of the ``n_train`` training images first.
        labels: ``(n,)``.
        n_train: as above; there is at least one image of each split.
    """
    x, y = points[:n_train].astype(np.float32).T
    right = 0
    for point, label in zip(points[n_train:].astype(np.float32), labels[n_train:], strict=True):
        distances = (x - point[0]) ** 2 + (y - point[1]) ** 2
        nearest = np.argpartition(distances, min(_K, n_train) - 1)[:_K]
        right += int(np.bincount(labels[nearest]).argmax() == label)
    return right / (len(labels) - n_train)


def _fitted(
    plane: NDArray[np.floating],
) -> tuple[Points, float, NDArray[np.floating]]:
    """Scale points, ``(n, 2)``, evenly to fill the plane; return them, the scale and the shift."""
    low, high = plane.min(axis=0), plane.max(axis=0)
    scale = float(SIDE * (1 - 2 * _MARGIN) / max((high - low).max(), 1e-9))
    shift = SIDE / 2 - scale * (low + high) / 2
    return np.rint(plane * scale + shift).astype(np.uint16), scale, shift
