"""What holds for every data set in the table, so that a new one is tested at once."""

import re
from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import DATASETS, Dataset, SplitName
from fmnist.preprocessing import PIPELINES
from tests.small_dataset import make_idx_dataset, make_split


@pytest.fixture(params=DATASETS)
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return DATASETS[request.param]


def test_it_is_listed_under_its_name(dataset: Dataset) -> None:
    assert DATASETS[dataset.name] is dataset
    assert re.fullmatch(r"[a-z0-9-]+", dataset.name)
    assert dataset.title


def test_it_has_ten_classes_with_names_of_their_own(dataset: Dataset) -> None:
    assert len(dataset.class_names) == len(set(dataset.class_names)) == 10
    assert all(dataset.class_names)


def test_its_pipeline_is_one_there_is(dataset: Dataset) -> None:
    assert dataset.pipeline in PIPELINES


def test_every_split_has_its_sums(dataset: Dataset) -> None:
    assert set(dataset.checksums) == {"train", "test"}
    sums = [s for c in dataset.checksums.values() for s in (c.images, c.labels, c.rows) if s]
    assert len(sums) == len(set(sums))
    assert all(re.fullmatch("[0-9a-f]{64}", s) for s in sums)


def test_its_downloads_hold_every_piece_once(dataset: Dataset) -> None:
    pieces = [piece for download in dataset.downloads for piece in download.sha256]
    assert sorted(pieces) == sorted(
        (split, part) for split in ("train", "test") for part in ("images", "labels")
    )


def test_no_two_data_sets_download_or_keep_the_same_file() -> None:
    downloads = [download for dataset in DATASETS.values() for download in dataset.downloads]
    assert len({download.url for download in downloads}) == len(downloads)
    assert len({download.file for download in downloads}) == len(downloads)


@pytest.mark.parametrize("split", ["train", "test"])
def test_it_loads_a_small_folder_of_its_form(
    dataset: Dataset, split: SplitName, keras: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_idx_dataset(tmp_path / "data", n_train=40, n_test=20, seed=5, name=dataset.name)
    monkeypatch.setenv("FMNIST_DATA_DIR", str(folder))
    loaded = dataset.load(split)
    images, labels = make_split(40, seed=5) if split == "train" else make_split(20, seed=6)
    np.testing.assert_array_equal(loaded.images, images)
    np.testing.assert_array_equal(loaded.labels, labels)
    assert loaded.images.dtype == loaded.labels.dtype == np.uint8
    assert loaded.images.shape == (len(loaded), 28, 28)
    assert not loaded.images.flags.writeable
    assert not loaded.labels.flags.writeable
    assert loaded.source == "the folder of FMNIST_DATA_DIR"
    assert not loaded.verified
