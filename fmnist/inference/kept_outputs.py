"""What a model says of all images of a split, kept in a file: seconds of work, done once."""

import zipfile
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fmnist.storage import replacing


class OutputsKey(NamedTuple):
    """Which model was asked about which images: the SHA-256 of its twin, and of their pixels."""

    twin: str
    images: str

    @classmethod
    def of(cls, twin: str, images: NDArray[np.uint8]) -> "OutputsKey":
        """Make the key of a twin, by its SHA-256, and images, uint8 ``(n, 28, 28)``."""
        return cls(twin, sha256(images.tobytes()).hexdigest())


def read_outputs(path: Path, key: OutputsKey) -> NDArray[np.float16] | None:
    """Read what was kept, float16 ``(n, num_outputs)``; None if it is not there, or of others."""
    try:
        with np.load(path) as file:
            found = OutputsKey(str(file["twin"]), str(file["images"]))
            outputs = file["outputs"]
    except (OSError, LookupError, ValueError, EOFError, zipfile.BadZipFile):
        return None
    good = found == key and outputs.dtype == np.float16 and outputs.ndim == 2
    return outputs if good else None


def write_outputs(path: Path, key: OutputsKey, outputs: NDArray[np.float16]) -> None:
    """Keep what ``halved`` made, float16 ``(n, num_outputs)``."""
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, outputs=outputs, **key._asdict())


def halved(outputs: NDArray[np.floating], num_classes: int) -> NDArray[np.float16]:
    """Round to half precision, in which the same class is the most probable one as before.

    Args:
        outputs: as of ``Classifier.outputs``, ``(n, num_outputs)``.
        num_classes: how many of them are classes; the first ones.

    Returns:
        float16 ``(n, num_outputs)``, within 0.0005.
    """
    rounded = outputs.astype(np.float16)
    best, tied = outputs[:, :num_classes].argmax(1), rounded[:, :num_classes].argmax(1)
    (rows,) = np.nonzero(best != tied)
    rounded[rows, best[rows]] = np.nextafter(rounded[rows, tied[rows]], np.float16(2))
    return rounded
