import gzip
import multiprocessing
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import DATASETS, Dataset, DataUnavailableError
from fmnist.datasets.download import KERAS_URL, Download, DownloadError, fetch, idx_downloads
from tests.datasets.conftest import Published, write
from tests.datasets.server import Fault, LocalServer
from tests.small_dataset import idx_bytes

TEST_HALF = {"t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_only_the_half_that_is_asked_for_is_fetched_and_only_once(
    keras: Path, published: Published, server: LocalServer
) -> None:
    split = published.dataset.load("test")
    np.testing.assert_array_equal(split.images, published.arrays["test"][0])
    np.testing.assert_array_equal(split.labels, published.arrays["test"][1])
    assert split.verified
    assert split.source == f"the download from {server.url}/"
    assert names(keras) == set(server.requests) == TEST_HALF
    assert published.dataset.load("test").source == "Keras's cache"
    assert len(server.requests) == 2


def test_what_was_downloaded_is_where_keras_looks_under_the_same_bytes(
    keras: Path, published: Published, server: LocalServer
) -> None:
    published.dataset.load("train")
    for name in names(keras):
        assert (keras / name).read_bytes() == server.files[name]
    assert names(keras) == set(published.packed) - TEST_HALF


def test_progress_runs_to_the_end_of_each_file(
    keras: Path, published: Published, server: LocalServer
) -> None:
    calls: list[tuple[int, int]] = []
    published.dataset.load("test", lambda done, total: calls.append((done, total)))
    sizes = [len(server.files[name]) for name in server.requests]
    assert [call for call in calls if call[0] == call[1]] == [(size, size) for size in sizes]
    assert server.requests[0] == "t10k-images-idx3-ubyte.gz"


def test_a_person_who_leaves_leaves_no_half_file(
    keras: Path, published: Published, server: LocalServer
) -> None:
    def leave(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        published.dataset.load("test", leave)
    assert names(keras) == set()


@pytest.mark.parametrize("fault", ["break off", "unavailable", "garbage"])
def test_two_failures_are_forgiven(
    keras: Path, published: Published, server: LocalServer, fault: Fault
) -> None:
    server.faults = [fault, fault]
    assert published.dataset.load("test").verified
    assert len(server.requests) == 4
    assert names(keras) == TEST_HALF


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("break off", "broke off"),
        ("unavailable", "answered 503 (Service Unavailable)"),
        ("garbage", "is a web page and not the file"),
    ],
)
def test_three_failures_are_a_sentence_and_nothing_gets_into_place(
    keras: Path, published: Published, server: LocalServer, fault: Fault, words: str
) -> None:
    server.faults = [fault] * 3
    with pytest.raises(DataUnavailableError, match="Tried were, in order") as error:
        published.dataset.load("test")
    assert words in str(error.value)
    assert len(server.requests) == 3
    assert names(keras) == set()


def test_what_is_not_there_is_not_asked_for_again(
    keras: Path, published: Published, server: LocalServer
) -> None:
    server.files = {}
    with pytest.raises(DataUnavailableError, match="answered 404"):
        published.dataset.load("test")
    assert len(server.requests) == 1


def archived(dataset: Dataset) -> Dataset:
    """The same data set, published as one archive as Keras has MNIST."""
    sums = {piece: s for download in dataset.downloads for piece, s in download.sha256.items()}
    return replace(
        DATASETS["mnist"],
        downloads=(Download(f"{KERAS_URL}mnist.npz", "mnist.npz", sums),),
        row_sums=dataset.row_sums,
    )


@pytest.mark.parametrize("other", ["t10k-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz"])
def test_a_published_file_under_another_name_is_refused(
    keras: Path, published: Published, server: LocalServer, other: str
) -> None:
    server.files["t10k-images-idx3-ubyte.gz"] = published.packed[other]
    with pytest.raises(DataUnavailableError, match="does not hold what its name says"):
        published.dataset.load("test")
    assert names(keras) == set()


def test_content_that_is_not_the_published_one_is_refused(
    keras: Path, published: Published, server: LocalServer
) -> None:
    images = published.arrays["test"][0]
    server.files["t10k-images-idx3-ubyte.gz"] = gzip.compress(idx_bytes(255 - images))
    with pytest.raises(DataUnavailableError, match="not the published ones"):
        published.dataset.load("test")
    assert names(keras) == set()


def test_a_stalled_server_is_given_up(
    keras: Path, published: Published, server: LocalServer
) -> None:
    server.faults = ["stall"]
    download = next(d for d in published.dataset.downloads if "t10k-images" in d.file)
    path = keras.parent / download.file
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1:\d+ did not answer in time"):
        fetch(download.address, path, lambda _: None, timeout=0.2, retries=0)
    assert names(keras) == set()


def test_pauses_grow_between_the_tries(
    keras: Path, published: Published, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("fmnist.datasets.download.time.sleep", pauses.append)
    server.faults = ["unavailable"] * 2
    published.dataset.load("test")
    assert pauses == [0.5, 1.0]


def test_a_damaged_file_in_the_cache_is_set_aside_and_fetched_again(
    keras: Path, published: Published, server: LocalServer
) -> None:
    write(keras, published.packed)
    path = keras / "t10k-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:300])
    assert published.dataset.load("test").verified
    assert server.requests == [path.name]
    assert path.read_bytes() == server.files[path.name]
    assert (keras / f"{path.name}.damaged").stat().st_size == 300
    assert published.dataset.load("test").source == "Keras's cache"


def test_the_missing_file_of_a_pair_is_fetched(
    keras: Path, published: Published, server: LocalServer
) -> None:
    write(keras, published.packed, only="t10k-images")
    assert published.dataset.load("test").verified
    assert server.requests == ["t10k-labels-idx1-ubyte.gz"]


def test_a_whole_archive_is_one_file(
    keras: Path, published: Published, server: LocalServer, tmp_path: Path
) -> None:
    (x, y), (u, v) = published.arrays["train"], published.arrays["test"]
    np.savez(tmp_path / "made.npz", x_train=x, y_train=y, x_test=u, y_test=v)
    server.files = {"mnist.npz": (tmp_path / "made.npz").read_bytes()}
    digits = archived(published.dataset)
    assert digits.load("test").verified
    assert digits.load("train").source == "Keras's cache"
    assert server.requests == ["mnist.npz"]
    assert names(keras.parent) == {"mnist.npz"}


def test_an_archive_with_one_wrong_half_is_refused(
    keras: Path, published: Published, server: LocalServer, tmp_path: Path
) -> None:
    (x, y), (u, v) = published.arrays["train"], published.arrays["test"]
    np.savez(tmp_path / "made.npz", x_train=255 - x, y_train=y, x_test=u, y_test=v)
    server.files = {"mnist.npz": (tmp_path / "made.npz").read_bytes()}
    digits = archived(published.dataset)
    with pytest.raises(DataUnavailableError, match="does not hold what its name says"):
        digits.load("test")
    assert names(keras.parent) == set()


def test_without_download_nobody_is_asked(
    keras: Path, published: Published, server: LocalServer
) -> None:
    with pytest.raises(DataUnavailableError, match="not tried yet"):
        published.dataset.load("test", download=False)
    assert server.requests == []


def test_nobody_listening_is_a_sentence(keras: Path, published: Published) -> None:
    with pytest.raises(DataUnavailableError, match=r"127\.0\.0\.1:1 could not be reached"):
        published.dataset.load("test")


@pytest.mark.parametrize("url", ["school.example/mirror", "file:///etc", "ftp://mirror"])
def test_a_mirror_needs_an_address_of_the_web(
    keras: Path, published: Published, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("FMNIST_DOWNLOAD_URL", url)
    with pytest.raises(DataUnavailableError, match="is not an address that begins with https"):
        published.dataset.load("test")


def test_a_cache_that_cannot_be_written_is_a_sentence(
    keras: Path, published: Published, server: LocalServer, tmp_path: Path
) -> None:
    (tmp_path / "keras").write_text("a file where the folder should be")
    with pytest.raises(DataUnavailableError, match="could not be stored"):
        published.dataset.load("test")


def test_without_a_mirror_files_come_from_where_keras_fetches_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FMNIST_DOWNLOAD_URL", raising=False)
    download = Download(f"{KERAS_URL}t10k-images-idx3-ubyte.gz", "", {})
    elsewhere = Download("https://school.example/t10k-images-idx3-ubyte.gz", "", {})
    assert download.address == f"{KERAS_URL}t10k-images-idx3-ubyte.gz"
    monkeypatch.setenv("FMNIST_DOWNLOAD_URL", "https://mirror.example/data")
    assert download.address == "https://mirror.example/data/t10k-images-idx3-ubyte.gz"
    assert elsewhere.address == elsewhere.url, "what others publish is not on Keras's mirror"


def test_a_data_set_that_is_added_comes_from_its_own_address(
    keras: Path, published: Published, server: LocalServer
) -> None:
    """Its files have the names that Fashion-MNIST's have, and lie elsewhere."""
    (sums,) = ({p: s for d in published.dataset.downloads for p, s in d.sha256.items()},)
    added = replace(
        published.dataset,
        name="kimonos",
        downloads=idx_downloads(f"{server.url}/kimonos/", "kimonos", sums),
    )
    assert added.load("test").verified
    assert server.paths == [f"/datasets/kimonos/{name}" for name in server.requests]
    assert names(keras) == set()
    assert names(keras.parent / "kimonos") == TEST_HALF


def load_test_split(dataset: Dataset) -> tuple[bool, int]:
    split = dataset.load("test")
    return split.verified, int(split.images.sum())


def test_two_processes_that_start_at_once_do_not_disturb_each_other(
    keras: Path, published: Published, server: LocalServer
) -> None:
    server.faults = ["slow"] * 4
    write(keras, published.packed, only="train")
    (keras / "t10k-images-idx3-ubyte.gz").write_bytes(b"damaged")
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(2) as pool:
        answers = pool.map(load_test_split, [published.dataset] * 2, chunksize=1)
    total = int(published.arrays["test"][0].sum())
    assert answers == [(True, total)] * 2
    assert names(keras) == set(published.packed) | {"t10k-images-idx3-ubyte.gz.damaged"}
    for name in TEST_HALF:
        assert (keras / name).read_bytes() == server.files[name]


def die(done: int, total: int) -> None:
    os._exit(9)


def test_a_killed_download_leaves_the_cache_as_it_was(
    keras: Path, published: Published, server: LocalServer
) -> None:
    """The process ends in mid-file without a chance to tidy; the next one starts afresh."""
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=published.dataset.load, args=("test", die))
    process.start()
    process.join(20)
    assert process.exitcode == 9
    assert len(names(keras)) == 1
    assert all(name.endswith(".part") for name in names(keras))
    assert published.dataset.load("test").verified
