import io

import numpy as np
import pytest

from fmnist.datasets.formats import kaggle
from tests.small_dataset import make_split

HEADER = ",".join(["label", *(f"pixel{i}" for i in range(1, 785))]).encode() + b"\n"
ROW = b",".join([b"7", *(str(i % 256).encode() for i in range(784))]) + b"\n"


def test_reads_rows_in_their_order() -> None:
    content = kaggle.read(io.BytesIO(HEADER + ROW + b"3" + ROW[1:]))
    assert content.labels.tolist() == [7, 3]
    pixels = (np.arange(784) % 256).reshape(28, 28)
    np.testing.assert_array_equal(content.images, [pixels, pixels])
    assert content.images.dtype == content.labels.dtype == np.uint8
    assert not content.images.flags.writeable
    assert not content.labels.flags.writeable


def test_other_names_of_pixels_do_not_matter() -> None:
    header = b"label," + b",".join(b"%dx%d" % (y, x) for y in range(28) for x in range(28))
    assert kaggle.read(io.BytesIO(header + b"\r\n" + ROW)).labels.tolist() == [7]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it has 1, and the first is ''"),
        (b"id,name\n1,2\n", "it has 2, and the first is 'id'"),
        (HEADER, "is damaged: No columns"),
        (HEADER + ROW + ROW[:1000], "is damaged"),
        (HEADER + ROW.replace(b"255", b"256"), "values outside 0 to 255"),
        (HEADER + ROW.replace(b"255", b"-1"), "values outside 0 to 255"),
        (HEADER + ROW.replace(b"255", b"0.5"), "is damaged"),
        (HEADER + ROW.replace(b"255", b"grey"), "is damaged"),
        (HEADER + ROW.replace(b"255", b"99999"), "is damaged"),
        (HEADER + b"11" + ROW[1:], "holds the label 11"),
        (HEADER + b"1," + ROW, "is damaged"),
    ],
)
def test_says_what_is_wrong(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        kaggle.read(io.BytesIO(data))


def test_what_is_written_is_read_back_equal() -> None:
    images, labels = make_split(1100, seed=5)
    images[0, 0, :3] = 0, 7, 255
    data = b"".join(kaggle.written(images, labels))
    assert data.startswith(HEADER)
    content = kaggle.read(io.BytesIO(data))
    np.testing.assert_array_equal(content.images, images)
    np.testing.assert_array_equal(content.labels, labels)


def test_rows_are_as_kaggle_writes_them() -> None:
    pixels = (np.arange(784) % 256).astype(np.uint8).reshape(1, 28, 28)
    assert b"".join(kaggle.written(pixels, np.array([7], np.uint8))) == HEADER + ROW
