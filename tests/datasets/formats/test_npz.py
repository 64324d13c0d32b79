import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fmnist.datasets.formats import npz
from tests.small_dataset import make_split

IMAGES, LABELS = make_split(10, seed=0)


def archive(**arrays: Any) -> io.BytesIO:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    stream.seek(0)
    return stream


def test_reads_the_split_that_is_asked_for() -> None:
    stream = archive(x_train=IMAGES[:6], y_train=LABELS[:6], x_test=IMAGES[6:], y_test=LABELS[6:])
    train, test = npz.read(stream, "train"), npz.read(stream, "test")
    np.testing.assert_array_equal(train.images, IMAGES[:6])
    np.testing.assert_array_equal(test.images, IMAGES[6:])
    np.testing.assert_array_equal(test.labels, LABELS[6:])
    assert not test.images.flags.writeable


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        (io.BytesIO(b"PK nothing"), "is damaged: it cannot be unpacked"),
        (io.BytesIO(archive(x_test=IMAGES).getvalue()[:-100]), "is damaged"),
        (archive(x_train=IMAGES, y_train=LABELS), "without the arrays x_test and y_test"),
        (archive(x_test=IMAGES / 255, y_test=LABELS), "numbers of type float64; expected uint8"),
        (archive(x_test=IMAGES[0], y_test=LABELS), "shape 28 × 28; expected n × 28 × 28"),
        (archive(x_test=IMAGES, y_test=LABELS[1:]), "10 images and 9 labels"),
        (archive(x_test=np.array([None]), y_test=LABELS), "pickle"),
    ],
)
def test_says_what_is_wrong(stream: io.BytesIO, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        npz.read(stream, "test")


def test_refuses_to_unpack_a_bomb() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x_test.npy", bytes(60_000_000))
    assert len(stream.getvalue()) < 100_000
    with pytest.raises(ValueError, match="is too large"):
        npz.read(stream, "test")


def test_an_archive_without_its_beginning_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mnist.npz"
    path.write_bytes(archive(x_test=IMAGES, y_test=LABELS).getvalue()[8:])
    with path.open("rb") as stream, pytest.raises(ValueError, match="is damaged"):
        npz.read(stream, "test")
