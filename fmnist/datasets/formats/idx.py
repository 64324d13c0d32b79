"""IDX, the form in which MNIST and Fashion-MNIST are published.

A big-endian header (a magic number, then one 32-bit length a dimension) and the bytes themselves,
with or without gzip around them. Described on http://yann.lecun.com/exdb/mnist/.
"""

import gzip
import math
import struct
import zlib
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.formats import Part, SplitName, check, check_shape

GZIP_MAGIC = b"\x1f\x8b"
_UNSIGNED_BYTE = 0x08
_DIMENSIONS: dict[Part, int] = {"images": 3, "labels": 1}
_MAGIC = {part: struct.pack(">I", _UNSIGNED_BYTE << 8 | n) for part, n in _DIMENSIONS.items()}


def name(split: SplitName, part: Part) -> str:
    """Return the publisher's name for a file, without ``.gz``: ``t10k-labels-idx1-ubyte``."""
    prefix = "train" if split == "train" else "t10k"
    return f"{prefix}-{part}-idx{_DIMENSIONS[part]}-ubyte"


def spellings(split: SplitName, part: Part) -> tuple[str, ...]:
    """Return the names under which a file circulates, the publisher's own first."""
    plain = name(split, part)
    # The last one is that of the copies outside the publisher's site.
    return f"{plain}.gz", plain, plain.replace("-idx", ".idx")


def header(part: Part, array: NDArray[np.uint8]) -> bytes:
    """Return what IDX puts in front of an array."""
    return _MAGIC[part] + struct.pack(f">{array.ndim}I", *array.shape)


def write(stream: BinaryIO, part: Part, array: NDArray[np.uint8]) -> None:
    """Write an array as gzipped IDX; equal arrays give equal bytes."""
    # Level 1 takes a fraction of the default's time and a sixth more room.
    with gzip.GzipFile(fileobj=stream, mode="wb", filename="", compresslevel=1, mtime=0) as packed:
        packed.write(header(part, array))
        packed.write(np.ascontiguousarray(array).data)


def read(stream: BinaryIO) -> tuple[Part, NDArray[np.uint8]]:
    """Read one file, gzipped or plain.

    Returns:
        ``("images", uint8 (n, 28, 28))`` or ``("labels", uint8 (n,))``, read-only.

    Raises:
        ValueError: if the file is cut off, damaged or not such an IDX file.
    """
    packed = stream.read(2) == GZIP_MAGIC
    stream.seek(0)
    try:
        return _read_plain(gzip.GzipFile(fileobj=stream) if packed else stream)
    except EOFError as error:
        raise ValueError("is cut off: its compressed data ends too early") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"is damaged: it cannot be decompressed ({error})") from error


def refuse_web_page(start: bytes) -> None:
    """Name what a download leaves that ended at a page of the server's, under the file's name.

    Raises:
        ValueError: with the end of a sentence that begins with the file's name.
    """
    if start.lstrip().startswith(b"<"):
        raise ValueError("is a web page and not the file: it has to be downloaded again")


def _read_plain(stream: BinaryIO | gzip.GzipFile) -> tuple[Part, NDArray[np.uint8]]:
    magic = stream.read(4)
    part = next((part for part, expected in _MAGIC.items() if magic == expected), None)
    if part is None:
        refuse_web_page(magic)
        raise ValueError(
            "is not an IDX file of images or labels: it should begin with the bytes "
            f"00 00 08 03 or 00 00 08 01, and begins with {magic.hex(' ') or 'nothing'}"
        )
    lengths = stream.read(4 * _DIMENSIONS[part])
    if len(lengths) < 4 * _DIMENSIONS[part]:
        raise ValueError("is cut off within its header")
    shape = struct.unpack(f">{_DIMENSIONS[part]}I", lengths)
    check_shape(part, shape)
    expected = math.prod(shape)
    # One byte more than promised: it shows a file too long, and has gzip check its own checksum.
    data = stream.read(expected + 1)
    if len(data) < expected:
        raise ValueError(f"is cut off: {len(data):,} of its {expected:,} bytes are there")
    if len(data) > expected:
        raise ValueError(f"is damaged: it goes on after the {expected:,} bytes it promises")
    array = np.frombuffer(data, np.uint8).reshape(shape)
    check(part, array)
    return part, array
