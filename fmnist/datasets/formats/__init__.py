"""The formats in which a data set's files come, a file each, and the contract of their content."""

import errno
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

SplitName = Literal["train", "test"]
Part = Literal["images", "labels"]
# What the publisher puts into one file: the images of the train split, say.
Piece = tuple[SplitName, Part]

SPLITS: tuple[SplitName, ...] = ("train", "test")
PARTS: tuple[Part, ...] = ("images", "labels")

# Both splits together: no file's header may make us reserve more memory than that.
MOST_IMAGES = 70_000


@dataclass(frozen=True)
class Content:
    """The images and labels of one split, checked and read-only.

    Attributes:
        images: uint8 ``(n, 28, 28)``.
        labels: uint8 ``(n,)``, from 0 to 9.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def __post_init__(self) -> None:
        check("images", self.images)
        check("labels", self.labels)
        if len(self.images) != len(self.labels):
            raise ValueError(
                f"has {len(self.images):,} images and {len(self.labels):,} labels, "
                "which do not belong together"
            )


def check(part: Part, array: NDArray[np.uint8]) -> None:
    """Make sure that an array is the images or the labels of a split, and make it read-only.

    Raises:
        ValueError: with the end of a sentence that begins with the file's name.
    """
    if array.dtype != np.uint8:
        raise ValueError(f"holds numbers of type {array.dtype}; expected uint8")
    check_shape(part, array.shape)
    if part == "labels" and array.max() > 9:
        raise ValueError(f"holds the label {array.max()}; expected labels from 0 to 9")
    array.flags.writeable = False


def check_shape(part: Part, shape: tuple[int, ...]) -> None:
    """Make sure that a shape is one of a split, before any memory is reserved for it.

    Raises:
        ValueError: with the end of a sentence that begins with the file's name.
    """
    expected = (28, 28) if part == "images" else ()
    if shape[1:] != expected or not shape:
        wanted = "n × 28 × 28" if part == "images" else "n"
        raise ValueError(f"holds {part} of shape {' × '.join(map(str, shape))}; expected {wanted}")
    if not 0 < shape[0] <= MOST_IMAGES:
        raise ValueError(f"says that it holds {shape[0]:,} {part}; expected 1 to {MOST_IMAGES:,}")


@contextmanager
def unpacking() -> Iterator[None]:
    """Turn whatever reading a damaged archive ends in into an error of its file.

    Raises:
        ValueError: with the end of a sentence that begins with the file's name.
    """
    try:
        yield
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError) as error:
        raise ValueError(f"is damaged: it cannot be unpacked ({error})") from error
    # A password, another compression, or lengths beyond all memory.
    except (RuntimeError, MemoryError, OverflowError) as error:
        raise ValueError(f"is damaged: it cannot be unpacked ({error})") from error
    except OSError as error:
        # A place before the beginning of the file; bzip2 gives its errors no number.
        if error.errno not in (errno.EINVAL, None):
            raise
        raise ValueError("is damaged: it cannot be unpacked") from error
