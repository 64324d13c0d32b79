"""Which files of which place are used, and what is said of those that are not."""

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import DATASETS, DataUnavailableError
from tests.datasets.conftest import Published, write, zipped
from tests.small_dataset import idx_bytes


def reason(error: pytest.ExceptionInfo[DataUnavailableError], place: str) -> str:
    return dict(error.value.reasons)[place]


OWN = "the folder of FMNIST_DATA_DIR"
CACHE = "Keras's cache"
DEBIAN = "Debian's package dataset-fashion-mnist"


def test_the_own_folder_comes_first_then_the_cache_then_debian(
    own: Path, keras: Path, published: Published, tmp_path: Path
) -> None:
    debian = tmp_path / "debian" / "fashion-mnist"
    for folder, title in ((debian, DEBIAN), (keras, CACHE), (own, OWN)):
        write(folder, published.packed)
        split = published.dataset.load("test")
        assert split.source.partition(",")[0] == title
        assert split.verified


@pytest.mark.parametrize("form", ["packed", "plain", "dotted"])
def test_idx_files_packed_plain_and_with_a_dot_for_a_hyphen(
    own: Path, published: Published, form: str
) -> None:
    dotted = {name.replace("-idx", ".idx"): data for name, data in published.plain.items()}
    write(own, {"packed": published.packed, "plain": published.plain, "dotted": dotted}[form])
    split = published.dataset.load("train")
    np.testing.assert_array_equal(split.images, published.arrays["train"][0])
    np.testing.assert_array_equal(split.labels, published.arrays["train"][1])
    assert split.verified


def test_kaggles_table_is_verified_in_its_own_order(own: Path, published: Published) -> None:
    order = np.random.default_rng(0).permutation(20)
    write(own, {"fashion-mnist_test.csv": published.csv("test", order)})
    split = published.dataset.load("test")
    np.testing.assert_array_equal(split.images, published.arrays["test"][0][order])
    assert split.verified


def test_a_changed_pixel_in_kaggles_table_is_noticed(own: Path, published: Published) -> None:
    table = published.csv("test", np.arange(20))
    last = table.rstrip().rpartition(b",")
    write(own, {"fashion-mnist_test.csv": last[0] + b",1\n"})
    assert not published.dataset.load("test").verified


def test_an_archive_in_the_own_folder(own: Path, published: Published) -> None:
    (x, y), (u, v) = published.arrays["train"], published.arrays["test"]
    np.savez(own / "fashion-mnist.npz", x_train=x, y_train=y, x_test=u, y_test=v)
    assert published.dataset.load("train").verified
    np.testing.assert_array_equal(published.dataset.load("test").images, u)


def test_a_part_of_the_data_in_the_own_folder_is_used_unverified(
    own: Path, published: Published
) -> None:
    images, labels = published.arrays["train"]
    write(
        own,
        {
            "train-images-idx3-ubyte": idx_bytes(images[:7]),
            "train-labels-idx1-ubyte": idx_bytes(labels[:7]),
        },
    )
    split = published.dataset.load("train")
    assert len(split) == 7
    assert not split.verified


def test_a_damaged_own_file_is_named_and_left_and_the_next_source_is_tried(
    own: Path, keras: Path, published: Published
) -> None:
    write(own, published.packed)
    cut = own / "t10k-images-idx3-ubyte.gz"
    cut.write_bytes(cut.read_bytes()[:500])
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("test", download=False)
    assert reason(error, OWN).startswith("t10k-images-idx3-ubyte.gz is cut off")
    write(keras, published.packed)
    source = published.dataset.load("test").source
    assert source.startswith(f"{CACHE}, for want of {OWN} (t10k-images-idx3-ubyte.gz is cut off")
    assert {path.name for path in own.iterdir()} == set(published.packed)


def test_another_form_in_the_folder_stands_in_for_a_damaged_one(
    own: Path, published: Published
) -> None:
    write(own, published.packed)
    (own / "t10k-labels-idx1-ubyte.gz").write_bytes(b"")
    write(own, {"fashion-mnist_test.csv": published.csv("test", np.arange(20))})
    split = published.dataset.load("test")
    assert split.source == OWN
    assert split.verified


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"t10k-labels-idx1-ubyte.gz": None}, "t10k-labels-idx1-ubyte.gz is missing in"),
        ({"t10k-images-idx3-ubyte.gz": None}, "t10k-images-idx3-ubyte.gz is missing in"),
        ({"t10k-images-idx3-ubyte.gz": "t10k-labels-idx1-ubyte.gz"}, "holds labels; expected im"),
        ({"t10k-labels-idx1-ubyte.gz": "train-labels-idx1-ubyte.gz"}, "20 images and 60 labels"),
    ],
)
def test_half_a_pair_and_a_wrong_pair_are_named(
    own: Path, published: Published, changes: dict[str, str | None], words: str
) -> None:
    files = published.packed
    for name, other in changes.items():
        data = files.pop(name)
        if other:
            files[name] = published.packed[other]
            assert files[name] != data
    write(own, files)
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("test")
    assert words in reason(error, OWN)


def test_a_file_that_cannot_be_opened_is_named(
    own: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own, published.packed)
    path = own / "t10k-images-idx3-ubyte.gz"

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("test", download=False)
    assert reason(error, OWN) == f"{path} cannot be read (Permission denied)"


def test_a_damaged_file_in_debians_package_is_named_and_left(
    keras: Path, published: Published, tmp_path: Path
) -> None:
    debian = tmp_path / "debian" / "fashion-mnist"
    images = published.arrays["test"][0]
    wrong = gzip.compress(idx_bytes(255 - images))
    write(debian, published.packed | {"t10k-images-idx3-ubyte.gz": wrong})
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("test")
    assert reason(error, DEBIAN) == (
        "t10k-images-idx3-ubyte.gz differs from the published content (SHA-256)"
    )
    assert {path.name for path in debian.iterdir()} == set(published.packed)


def test_the_cache_takes_only_the_published_content_and_sets_the_rest_aside(
    keras: Path, published: Published
) -> None:
    labels = published.arrays["test"][1]
    wrong = gzip.compress(idx_bytes(np.roll(labels, 1)))
    write(keras, published.packed | {"t10k-labels-idx1-ubyte.gz": wrong})
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("test", download=False)
    assert reason(error, CACHE) == (
        "t10k-labels-idx1-ubyte.gz differs from the published content (SHA-256), "
        "and was set aside as t10k-labels-idx1-ubyte.gz.damaged"
    )
    kept = {path.name for path in keras.iterdir()}
    assert "t10k-labels-idx1-ubyte.gz" not in kept
    assert {"t10k-labels-idx1-ubyte.gz.damaged", "t10k-images-idx3-ubyte.gz"} <= kept


def test_a_cache_that_cannot_be_tidied_is_passed_over(
    keras: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(keras, published.packed | {"t10k-labels-idx1-ubyte.gz": b"damaged"})

    def refuse(path: Path, seen: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("fmnist.storage.set_aside", refuse)
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("test", download=False)
    assert "could not be set aside (Permission denied)" in reason(error, CACHE)


def test_keras_keeps_the_digits_in_an_archive_beside_the_folder(
    keras: Path, published: Published, tmp_path: Path
) -> None:
    images, labels = published.arrays["test"]
    path = tmp_path / "keras" / "datasets" / "mnist.npz"
    path.parent.mkdir(parents=True)
    np.savez(path, x_test=images, y_test=labels)
    with pytest.raises(DataUnavailableError) as error:
        DATASETS["mnist"].load("test", download=False)
    assert "mnist.npz differs from the published content" in reason(error, CACHE)
    assert path.with_name("mnist.npz.damaged").is_file()


def test_torchvisions_folders_are_taken(own: Path, published: Published) -> None:
    write(own.parent / "FashionMNIST" / "raw", published.packed)
    for split in published.arrays:
        assert published.dataset.load(split).source == OWN


def test_the_folder_of_the_data_set_itself_is_taken(
    own: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_DATA_DIR", str(own))
    write(own, published.packed)
    assert published.dataset.load("test").verified


@pytest.mark.parametrize("name", ["archive.zip", "archive (1).zip", "fashionmnist.zip"])
def test_kaggles_archive_is_taken_in_either_folder(
    own: Path, published: Published, name: str
) -> None:
    for folder in (own, own.parent):
        write(folder, {name: zipped(published.kaggle)})
        assert all(split.verified for split in published.dataset.status())
        (folder / name).unlink()


def test_an_archive_of_another_data_set_is_none_of_this_one(
    own: Path, published: Published
) -> None:
    digits = {name.replace("fashion-", ""): data for name, data in published.kaggle.items()}
    write(own.parent, {"archive.zip": zipped(digits)})
    assert published.dataset.status()[0].n == 0
    write(own.parent, {"archive.zip": zipped(digits)[:-50]})
    (reason, *_) = published.dataset.status()[0].reasons
    assert reason[1].startswith("archive.zip is damaged: it cannot be unpacked")


def _with_labels(table: bytes, words: Sequence[str]) -> bytes:
    header, *rows = table.decode().splitlines()
    named = [
        ",".join([words[int(label)], rest]) for label, _, rest in (r.partition(",") for r in rows)
    ]
    return "\n".join([header, *named, ""]).encode()


@pytest.mark.parametrize(
    "form", ["semicolons", "index", "from 1", "names", "quoted names", "zipped", "gzipped"]
)
def test_what_is_plainly_kaggles_table_is_taken(own: Path, published: Published, form: str) -> None:
    table, name = published.csv("test", np.arange(20)), "fashion-mnist_test.csv"
    header, *rows = table.splitlines()
    names = published.dataset.class_names
    files = {
        "semicolons": {name: table.replace(b",", b";")},
        "index": {name: b"\n".join([b"," + header, *(b"%d," % n + r for n, r in enumerate(rows))])},
        "from 1": {name: _with_labels(table, [str(n + 1) for n in range(10)])},
        "names": {name: _with_labels(table, names)},
        "quoted names": {name: _with_labels(table, [f'"{word.upper()}"' for word in names])},
        "zipped": {f"{name}.zip": zipped({name: table})},
        "gzipped": {f"{name}.gz": gzip.compress(table)},
    }
    write(own, files[form])
    assert published.dataset.load("test").verified


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda table: table.replace(b",0,", b",0\0,", 1), "has NUL bytes"),
        (lambda table: table.replace(b",0,", b',"0,', 1), "is damaged"),
        (lambda table: b"<!DOCTYPE html>" + table, "is a web page and not the file"),
        (lambda table: _with_labels(table, ["cat"] * 10), "has the label 'cat'; expected numbers"),
    ],
)
def test_a_spoilt_table_is_named(
    own: Path, published: Published, spoil: Callable[[bytes], bytes], words: str
) -> None:
    write(own, {"fashion-mnist_test.csv": spoil(published.csv("test", np.arange(20)))})
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("test", download=False)
    assert reason(error, OWN).startswith("fashion-mnist_test.csv is ")
    assert words in reason(error, OWN)


def test_a_web_page_under_the_name_of_a_file_is_named(own: Path, published: Published) -> None:
    write(own, published.packed | {"t10k-images-idx3-ubyte.gz": b"<html>Not found</html>"})
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("test", download=False)
    assert "t10k-images-idx3-ubyte.gz is a web page and not the file" in reason(error, OWN)


def test_the_folder_that_was_named_is_not_passed_over_in_silence(
    own: Path, keras: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(keras, published.packed)
    write(own, published.packed, only="train")
    train, test = published.dataset.status()
    assert train.source == OWN
    assert test.source == (
        f"{CACHE}, for want of {OWN} (no files of the test split in {own}, which has "
        "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz)"
    )
    monkeypatch.setenv("FMNIST_DATA_DIR", str(own / "nowhere"))
    source = published.dataset.load("test").source
    assert source == f"{CACHE}, for want of {OWN} (there is no folder {own / 'nowhere'})"


def test_a_folder_of_digits_says_nothing_of_clothes(
    own: Path, keras: Path, published: Published
) -> None:
    write(keras, published.packed)
    own.rmdir()
    assert f"no folder fashion-mnist in {own.parent}" in published.dataset.load("test").source
    (own.parent / "mnist").mkdir()
    assert published.dataset.load("test").source == CACHE
