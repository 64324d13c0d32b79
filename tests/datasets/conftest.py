"""A machine that has no data at all, a small data set that is its publisher's, and a server."""

import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.datasets import DATASETS, Dataset, SplitName
from fmnist.datasets.download import KERAS_URL, idx_downloads
from fmnist.datasets.formats import Piece
from tests.datasets.server import LocalServer, serving
from tests.small_dataset import idx_bytes, make_split


@dataclass(frozen=True)
class Published:
    """The small data set as its publisher has it.

    Attributes:
        dataset: the description, with the sums of this content.
        arrays: images and labels by split.
        plain: the four IDX files by their published names.
    """

    dataset: Dataset
    arrays: dict[SplitName, tuple[NDArray[np.uint8], NDArray[np.uint8]]]
    plain: dict[str, bytes]

    @property
    def packed(self) -> dict[str, bytes]:
        return {f"{name}.gz": gzip.compress(data, 1) for name, data in self.plain.items()}

    def csv(self, split: SplitName, order: NDArray[np.intp]) -> bytes:
        images, labels = self.arrays[split]
        header = ",".join(["label", *(f"pixel{i}" for i in range(1, 785))])
        rows = np.column_stack([labels, images.reshape(len(images), -1)])[order]
        return "\n".join([header, *(",".join(map(str, row)) for row in rows), ""]).encode()

    @property
    def kaggle(self) -> dict[str, bytes]:
        """What lies in Kaggle's archive.zip."""
        tables = {
            f"fashion-mnist_{split}.csv": self.csv(split, np.arange(len(labels)))
            for split, (_, labels) in self.arrays.items()
        }
        return tables | self.plain


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="session")
def published() -> Published:
    arrays: dict[SplitName, tuple[NDArray[np.uint8], NDArray[np.uint8]]] = {
        "train": make_split(60, seed=3),
        "test": make_split(20, seed=4),
    }
    plain: dict[str, bytes] = {}
    sums: dict[Piece, str] = {}
    row_sums: dict[SplitName, str] = {}
    for split, (images, labels) in arrays.items():
        prefix = "train" if split == "train" else "t10k"
        files = [idx_bytes(images), idx_bytes(labels)]
        plain[f"{prefix}-images-idx3-ubyte"], plain[f"{prefix}-labels-idx1-ubyte"] = files
        rows = sorted(bytes([y]) + x.tobytes() for x, y in zip(images, labels, strict=True))
        sums[split, "images"], sums[split, "labels"] = map(_sha256, files)
        row_sums[split] = _sha256(b"".join(rows))
    downloads = idx_downloads(KERAS_URL, "fashion-mnist", sums)
    dataset = replace(DATASETS["fashion-mnist"], downloads=downloads, row_sums=row_sums)
    return Published(dataset, arrays, plain)


@pytest.fixture
def keras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Take every source of data away and return Keras's folder for Fashion-MNIST, still absent."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("FMNIST_DOWNLOAD_URL", "http://127.0.0.1:1/")  # nobody listens there
    monkeypatch.delenv("FMNIST_DATA_DIR", raising=False)
    monkeypatch.setattr("fmnist.settings.DEBIAN_DATASETS", tmp_path / "debian")
    impatient = SimpleNamespace(sleep=lambda seconds: None)
    monkeypatch.setattr("fmnist.datasets.download.time", impatient)
    return tmp_path / "keras" / "datasets" / "fashion-mnist"


@pytest.fixture
def own(keras: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a person's own folder for Fashion-MNIST, empty, on a machine that has nothing else."""
    monkeypatch.setenv("FMNIST_DATA_DIR", str(tmp_path / "own"))
    folder = tmp_path / "own" / "fashion-mnist"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def server(
    keras: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LocalServer]:
    """Serve the small data set from where downloads go."""
    with serving(published.packed) as local:
        monkeypatch.setenv("FMNIST_DOWNLOAD_URL", local.url)
        yield local


def zipped(files: Mapping[str, bytes], declared: Mapping[str, int] | None = None) -> bytes:
    """Pack files into an archive, which may declare other sizes than they have."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        for name, size in (declared or {}).items():
            archive.getinfo(name).file_size = size
    return stream.getvalue()


def write(folder: Path, files: dict[str, bytes], only: str = "") -> None:
    """Write those of the files whose name contains `only`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        if only in name:
            (folder / name).write_bytes(data)
