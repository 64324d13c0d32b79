import io
from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import UploadError
from tests.datasets.conftest import Published, write, zipped
from tests.small_dataset import idx_bytes


def archive(published: Published) -> bytes:
    stream = io.BytesIO()
    (x, y), (u, v) = published.arrays["train"], published.arrays["test"]
    np.savez(stream, x_train=x, y_train=y, x_test=u, y_test=v)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["packed", "plain"])
def test_dropped_idx_files_are_known_by_their_content_not_their_name(
    keras: Path, published: Published, form: str
) -> None:
    files = getattr(published, form)
    stored = published.dataset.add_files(
        (f"download ({i})", data) for i, data in enumerate(files.values())
    )
    assert [record.pieces for record in stored] == [
        (("train", "images"),),
        (("train", "labels"),),
        (("test", "images"),),
        (("test", "labels"),),
    ]
    assert {path.name for path in keras.iterdir()} == set(published.packed)
    for split in ("train", "test"):
        loaded = published.dataset.load(split)
        assert loaded.verified
        assert loaded.source == "Keras's cache"
        np.testing.assert_array_equal(loaded.images, published.arrays[split][0])


def test_a_dropped_table_of_kaggles(keras: Path, published: Published) -> None:
    order = np.random.default_rng(0).permutation(60)
    (stored,) = published.dataset.add_files([("archive.csv", published.csv("train", order))])
    assert stored.pieces == (("train", "images"), ("train", "labels"))
    loaded = published.dataset.load("train", download=False)
    assert loaded.verified
    np.testing.assert_array_equal(loaded.images, published.arrays["train"][0][order])
    np.testing.assert_array_equal(loaded.labels, published.arrays["train"][1][order])


def test_a_table_with_a_byte_order_mark(keras: Path, published: Published) -> None:
    data = b"\xef\xbb\xbf" + published.csv("test", np.arange(20))
    (stored,) = published.dataset.add_files([("test.csv", data)])
    assert stored.pieces == (("test", "images"), ("test", "labels"))


def test_a_dropped_archive(keras: Path, published: Published) -> None:
    (stored,) = published.dataset.add_files([("mnist.npz", archive(published))])
    assert len(stored.pieces) == 4
    assert published.dataset.load("train", download=False).verified


@pytest.mark.parametrize("holding", ["", "csv", "_test.csv"])
def test_kaggles_archive_is_taken_as_it_is(keras: Path, published: Published, holding: str) -> None:
    files = {name: data for name, data in published.kaggle.items() if holding in name}
    (stored,) = published.dataset.add_files([("archive (1).zip", zipped(files))])
    assert len(stored.pieces) == (2 if holding == "_test.csv" else 4)
    assert published.dataset.load("test", download=False).verified


def test_of_an_archive_no_more_is_unpacked_than_it_takes(keras: Path, published: Published) -> None:
    declared = {"fashion-mnist_train.csv": 10**10}
    (stored,) = published.dataset.add_files([("a.zip", zipped(published.kaggle, declared))])
    assert len(stored.pieces) == 4
    tables = {name: data for name, data in published.kaggle.items() if "csv" in name}
    with pytest.raises(UploadError, match=r"train\.csv declares 10,000,000,000 bytes; expected at"):
        published.dataset.add_files([("bomb.zip", zipped(tables, declared))])


def test_a_dropped_file_replaces_a_damaged_one(keras: Path, published: Published) -> None:
    write(keras, published.packed | {"t10k-images-idx3-ubyte.gz": b"damaged"})
    published.dataset.add_files([("images", published.plain["t10k-images-idx3-ubyte"])])
    assert published.dataset.load("test", download=False).verified


def test_one_file_of_a_pair_is_kept_and_the_other_one_asked_for(
    keras: Path, published: Published
) -> None:
    published.dataset.add_files([("a", published.plain["t10k-images-idx3-ubyte"])])
    test = published.dataset.status()[1]
    assert test.n == 0
    assert "t10k-labels-idx1-ubyte.gz is missing" in dict(test.reasons)["Keras's cache"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xd8\xff\xe0 a photo", "holiday.jpg is not an IDX file"),
        (b"", "holiday.jpg is not an IDX file"),
        (b"PK\x03\x04 a zip", "holiday.jpg is damaged: it cannot be unpacked"),
        (zipped({"a.txt": b"hello"}), "holiday.jpg is an archive without the train split"),
        (b"label,text\n1,2\n", "holiday.jpg is not a table of images"),
        (idx_bytes(np.zeros((5, 28, 28), np.uint8)), "holds 5 sound images, but not the published"),
    ],
)
def test_what_is_none_of_the_files_gets_a_sentence(
    keras: Path, published: Published, data: bytes, words: str
) -> None:
    with pytest.raises(UploadError, match=words) as error:
        published.dataset.add_files([("holiday.jpg", data)])
    assert "Expected were the files of Fashion-MNIST: train-images-idx3-ubyte.gz" in str(
        error.value
    )
    assert not keras.exists()


def test_a_sound_table_of_other_images_is_refused(keras: Path, published: Published) -> None:
    half = published.csv("test", np.arange(10))
    with pytest.raises(UploadError, match="its content is not the published one"):
        published.dataset.add_files([("half.csv", half)])


def test_the_good_files_among_bad_ones_are_kept(keras: Path, published: Published) -> None:
    good = list(published.plain.items())[2:]
    with pytest.raises(UploadError, match="Kept: t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte"):
        published.dataset.add_files([good[0], ("notes.txt", b"hello"), good[1]])
    assert published.dataset.load("test", download=False).verified


def test_a_cache_that_cannot_be_written_is_a_sentence(
    keras: Path, published: Published, tmp_path: Path
) -> None:
    (tmp_path / "keras").write_text("a file where the folder should be")
    with pytest.raises(UploadError, match=r"could not be kept in .* \(Not a directory\)"):
        published.dataset.add_files(list(published.plain.items())[:1])
