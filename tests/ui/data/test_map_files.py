"""The files that the map fetches: every image in its place, in the order of the points."""

from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image

from fmnist.exploration.embedding import Embedding
from fmnist.storage import RowsOnDisk
from fmnist.ui.data.map_files import SHEET, map_folder, write_sheets
from fmnist.ui.splits import LoadedSplit
from tests.small_dataset import make_split

IMAGES, LABELS = make_split(230, seed=6)
N_TRAIN = 170  # so that one sheet has images of both splits


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FMNIST_CACHE_DIR", str(tmp_path))
    st.cache_resource.clear()
    places = np.random.default_rng(0).normal(size=(230, 2))
    return map_folder("small", Embedding.of(IMAGES, LABELS, N_TRAIN, places), LABELS)


def test_the_coordinates_are_two_bytes_each_in_the_order_of_the_labels(folder: Path) -> None:
    labels = np.frombuffer((folder / "labels.bin").read_bytes(), np.uint8)
    np.testing.assert_array_equal(labels, LABELS)
    for name in ("features", "pixels"):
        points = np.frombuffer((folder / f"{name}.bin").read_bytes(), "<u2").reshape(-1, 2)
        assert len(points) == 230
        assert np.ptp(points.astype(int), axis=0).max() > 60_000


def test_every_image_is_in_its_sheet(folder: Path) -> None:
    splits = (
        LoadedSplit(RowsOnDisk(IMAGES[:N_TRAIN]), LABELS[:N_TRAIN], "", ""),
        LoadedSplit(IMAGES[N_TRAIN:], LABELS[N_TRAIN:], "", ""),
    )
    write_sheets(folder, splits)
    sheets = [np.asarray(Image.open(folder / f"{number}.bmp")) for number in range(3)]
    assert [sheet.shape for sheet in sheets] == [(280, 280), (280, 280), (84, 280)]
    for number, image in enumerate(IMAGES):
        row, column = divmod(number % SHEET, 10)
        tile = sheets[number // SHEET][28 * row : 28 * row + 28, 28 * column : 28 * column + 28]
        np.testing.assert_array_equal(tile, image)


def test_where_the_cache_cannot_be_written_another_folder_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FMNIST_CACHE_DIR", str(tmp_path / "file"))
    st.cache_resource.clear()
    places = np.random.default_rng(0).normal(size=(230, 2))
    folder = map_folder("small", Embedding.of(IMAGES, LABELS, N_TRAIN, places), LABELS)
    assert (folder / "labels.bin").read_bytes() == LABELS.tobytes()
    assert tmp_path not in folder.parents
