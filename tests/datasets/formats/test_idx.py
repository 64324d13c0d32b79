import gzip
import io
import struct
from collections.abc import Callable

import numpy as np
import pytest

from fmnist.datasets.formats import idx
from tests.small_dataset import idx_bytes, make_split

IMAGES, LABELS = make_split(10, seed=0)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_reads_packed_and_plain(pack: Callable[[bytes], bytes]) -> None:
    part, images = idx.read(io.BytesIO(pack(idx_bytes(IMAGES))))
    assert part == "images"
    np.testing.assert_array_equal(images, IMAGES)
    part, labels = idx.read(io.BytesIO(pack(idx_bytes(LABELS))))
    assert part == "labels"
    np.testing.assert_array_equal(labels, LABELS)
    assert not images.flags.writeable
    assert not labels.flags.writeable


def test_writes_what_the_description_of_idx_says() -> None:
    stream = io.BytesIO()
    idx.write(stream, "images", IMAGES)
    assert gzip.decompress(stream.getvalue()) == idx_bytes(IMAGES)
    again = io.BytesIO()
    idx.write(again, "images", IMAGES)
    assert again.getvalue() == stream.getvalue()


def test_names_are_the_publishers() -> None:
    assert idx.name("train", "images") == "train-images-idx3-ubyte"
    assert idx.name("test", "labels") == "t10k-labels-idx1-ubyte"


PLAIN = idx_bytes(IMAGES)
PACKED = gzip.compress(PLAIN)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "begins with nothing"),
        (b"<html>", "is a web page and not the file"),
        (PACKED[:200], "is cut off: its compressed data"),
        (PACKED[:200] + bytes(50) + PACKED[250:], "is damaged"),
        (PACKED[:-8] + bytes(4) + PACKED[-4:], "is damaged: it cannot be decompressed"),
        (b"\x1f\x8b\x01nonsense", "is damaged: it cannot be decompressed"),
        (PLAIN[:10], "is cut off within its header"),
        (PLAIN[:1000], "is cut off: 984 of its 7,840 bytes are there"),
        (PLAIN + b"!", "goes on after the 7,840 bytes"),
        (struct.pack(">4I", 0x803, 10, 32, 32), "shape 10 × 32 × 32; expected n × 28 × 28"),
        (struct.pack(">4I", 0x803, 2**32 - 1, 28, 28), "says that it holds 4,294,967,295 images"),
        (struct.pack(">2I", 0x801, 0), "says that it holds 0 labels"),
        (struct.pack(">2I", 0x801, 1) + b"\x0a", "holds the label 10"),
        (struct.pack(">2I", 0x802, 1), "is not an IDX file of images or labels"),
    ],
)
def test_says_what_is_wrong(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        idx.read(io.BytesIO(data))
