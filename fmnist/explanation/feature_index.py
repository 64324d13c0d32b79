"""Feature index: the features of all training images in a megabyte, good enough to search in.

Features of a trained network lie near a few directions. Their principal components (Pearson, 1901;
here about the origin, as only directions are compared), a few dozen numbers of one byte an image,
find the images that are worth comparing exactly.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.kept_outputs import OutputsKey
from fmnist.storage import replacing

_ROWS = 8192  # at once, so that little memory is taken


@dataclass(frozen=True)
class FeatureIndex:
    """The principal components of n images' features.

    Attributes:
        basis: float32 ``(width, components)``, the components' directions.
        scale: float32 ``(components,)``, what 1 stands for in each.
        codes: int8 ``(n, components)``.
    """

    basis: NDArray[np.float32]
    scale: NDArray[np.float32]
    codes: NDArray[np.int8]

    @classmethod
    def of(cls, features: NDArray[np.float16], components: int = 32) -> "FeatureIndex":
        """Make the index of features, ``(n, width)``, each of length 1."""
        width = features.shape[1]
        products = np.zeros((width, width), np.float64)
        for start in range(0, len(features), _ROWS):
            rows = features[start : start + _ROWS].astype(np.float32)
            products += rows.T @ rows
        _, directions = np.linalg.eigh(products)
        basis = np.ascontiguousarray(directions[:, ::-1][:, :components], np.float32)
        values = np.concatenate(
            [
                features[start : start + _ROWS].astype(np.float32) @ basis
                for start in range(0, len(features), _ROWS)
            ]
        )
        scale = np.maximum(np.abs(values).max(axis=0), 1e-12) / 127
        return cls(basis, scale.astype(np.float32), np.rint(values / scale).astype(np.int8))

    def likeness(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return about the cosine between one image's features and each of the n: ``(n,)``.

        It is the cosine of what both are in the components, times what is the same for all.
        """
        wanted = features @ self.basis
        likeness = []
        for start in range(0, len(self.codes), _ROWS):
            rows = self.codes[start : start + _ROWS] * self.scale
            # Neighbours lie so near that who has lost more of its length would come too late.
            likeness.append(rows @ wanted / np.maximum(np.linalg.norm(rows, axis=1), 1e-12))
        return np.concatenate(likeness)

    @classmethod
    def read(cls, path: Path, key: OutputsKey) -> "FeatureIndex | None":
        """Read what ``write`` kept of a model and images; None if it is not there, or of others."""
        try:
            with np.load(path) as file:
                found = OutputsKey(str(file["twin"]), str(file["images"]))
                index = cls(file["basis"], file["scale"], file["codes"])
        except (OSError, LookupError, ValueError, EOFError, zipfile.BadZipFile):
            return None
        shapes = index.basis.shape[1:] == index.scale.shape == index.codes.shape[1:]
        return index if found == key and shapes and index.codes.dtype == np.int8 else None

    def write(self, path: Path, key: OutputsKey) -> None:
        """Keep it in a file, with the model and the images that it is of."""
        with replacing(path) as temporary, temporary.open("wb") as file:
            np.savez_compressed(
                file, basis=self.basis, scale=self.scale, codes=self.codes, **key._asdict()
            )
