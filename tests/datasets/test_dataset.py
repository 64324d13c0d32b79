"""Loading and looking: what is said when nothing is there, and what is never touched."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fmnist.datasets import DATASETS, DataUnavailableError, Split
from fmnist.settings import DEBIAN_DATASETS
from tests.datasets.conftest import Published, write
from tests.datasets.server import LocalServer


def test_the_error_names_every_source_and_what_to_do(keras: Path, published: Published) -> None:
    with pytest.raises(DataUnavailableError) as error:
        published.dataset.load("train")
    text = str(error.value)
    assert [source for source, _ in error.value.reasons] == [
        "the folder of FMNIST_DATA_DIR",
        "Keras's cache",
        "Debian's package dataset-fashion-mnist",
        "the download from http://127.0.0.1:1/",
    ]
    for source, why in error.value.reasons:
        assert f"- {source[0].upper()}{source[1:]}: {why}." in text
    assert text.startswith("The train images of Fashion-MNIST are not on this machine.")
    assert "sudo apt-get install dataset-fashion-mnist" in text
    assert "FMNIST_DATA_DIR" in text
    assert "Images page" in text


def test_no_package_is_promised_for_the_digits(keras: Path) -> None:
    with pytest.raises(DataUnavailableError) as error:
        DATASETS["mnist"].load("train")
    assert "apt-get" not in str(error.value)
    assert "Debian" not in str(error.value)


def test_an_unknown_split_is_refused(published: Published) -> None:
    with pytest.raises(ValueError, match="'train' or 'test', received 'validation'"):
        published.dataset.load("validation")  # type: ignore[arg-type]


def test_status_tells_what_is_here_without_fetching(
    keras: Path, published: Published, server: LocalServer
) -> None:
    write(keras, published.packed, only="t10k")
    train, test = published.dataset.status()
    assert (train.split, train.n, train.source, train.path) == ("train", 0, "", None)
    assert dict(train.reasons)["Keras's cache"] == f"no files of the train split in {keras}"
    assert (test.split, test.n, test.source) == ("test", 20, "Keras's cache")
    assert test.verified
    assert test.path == keras / "t10k-images-idx3-ubyte.gz"
    assert server.requests == []


def test_status_leaves_damaged_files_where_they_are(keras: Path, published: Published) -> None:
    write(keras, published.packed | {"t10k-images-idx3-ubyte.gz": b"damaged"})
    test = published.dataset.status()[1]
    assert test.n == 0
    assert "t10k-images-idx3-ubyte.gz is not an IDX file" in dict(test.reasons)["Keras's cache"]
    assert {path.name for path in keras.iterdir()} == set(published.packed)


def test_arrays_cannot_be_changed(keras: Path, published: Published) -> None:
    write(keras, published.packed)
    split = published.dataset.load("test")
    with pytest.raises(ValueError, match="read-only"):
        split.images[0, 0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        split.labels[0] = 1


def test_reading_the_published_files_needs_neither_pandas_nor_keras(
    keras: Path, published: Published
) -> None:
    """A process of its own, since this one may have them loaded already."""
    write(keras.parent.parent / "own" / "fashion-mnist", published.packed)
    script = (
        "import os, sys\n"
        "os.environ['FMNIST_DATA_DIR'] = sys.argv[1]\n"
        "from fmnist.datasets import DATASETS\n"
        "DATASETS['fashion-mnist'].load('test')\n"
        "heavy = {'pandas', 'tensorflow', 'keras', 'streamlit', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, str(keras.parent.parent / "own")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.skipif(
    not (DEBIAN_DATASETS / "fashion-mnist").is_dir(),
    reason="Debian's package dataset-fashion-mnist is not installed",
)
def test_the_real_data_is_verified_and_fast(keras: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fmnist.settings.DEBIAN_DATASETS", DEBIAN_DATASETS)
    dataset = DATASETS["fashion-mnist"]
    train = dataset.load("train", download=False)
    test, seconds = min(
        (_timed(lambda: dataset.load("test", download=False)) for _ in range(3)),
        key=lambda timed: timed[1],
    )
    assert train.verified
    assert test.verified
    assert (len(train), len(test)) == (60_000, 10_000)
    assert [dataset.class_names[label] for label in test.labels[:4]] == [
        "Ankle boot",
        "Pullover",
        "Trouser",
        "Trouser",
    ]
    assert seconds < 0.5, "0.05 s on an idle machine; the rest is for a busy one"


def _timed(action: Callable[[], Split]) -> tuple[Split, float]:
    start = time.perf_counter()
    return action(), time.perf_counter() - start
