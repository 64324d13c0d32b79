"""NumPy's archive, in which Keras keeps MNIST: ``x_train``, ``y_train``, ``x_test``, ``y_test``."""

import io
import zipfile
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.formats import MOST_IMAGES, Content, SplitName, unpacking

ZIP_MAGIC = b"PK"


def name(dataset: str) -> str:
    """Return Keras's name for the file: ``mnist.npz``."""
    return f"{dataset}.npz"


def read(stream: BinaryIO, split: SplitName) -> Content:
    """Read one split.

    Raises:
        ValueError: if the archive is damaged or holds something else.
    """
    try:
        with unpacking(), zipfile.ZipFile(stream) as archive:
            images, labels = (_read_array(archive, f"{letter}_{split}") for letter in "xy")
    except KeyError as error:
        raise ValueError(f"is an archive without the arrays x_{split} and y_{split}") from error
    return Content(images, labels)


def _read_array(archive: zipfile.ZipFile, array_name: str) -> NDArray[np.uint8]:
    member = f"{array_name}.npy"
    if archive.getinfo(member).file_size > MOST_IMAGES * 28 * 28 + 1024:
        raise ValueError(f"is too large: {array_name} holds more than {MOST_IMAGES:,} images")
    array: NDArray[np.uint8] = np.load(io.BytesIO(archive.read(member)), allow_pickle=False)
    return array
