"""Real photos, each brought to 28×28 as the app does it, and with a disturbed mask."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from fmnist.datasets import DATASETS
from fmnist.inference.ensemble import Ensemble
from fmnist.labelled_photos import LabelledPhoto, labelled_photos
from fmnist.models import default_store
from fmnist.preprocessing import InputError, decode, decode_photo, preprocess_photo
from fmnist.training.synthetic import photos
from fmnist.training.synthetic.material import targets
from fmnist.training.synthetic.photos import (
    SOURCES,
    VIEWS,
    photo_material,
    read_views,
    some_of_each,
)

CLASS_NAMES = DATASETS["fashion-mnist"].class_names


def photo(path: Path) -> Path:
    picture = np.full((90, 60, 3), 250, np.uint8)
    picture[20:70, 15:45] = (30, 40, 90)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture)
    return path


def labelled(path: Path, source: str = "", group: str = "pants") -> LabelledPhoto:
    return LabelledPhoto(path, path.name, source, group, frozenset({1}), False)


def real_photos() -> list[Path]:
    root = os.environ.get("FMNIST_TEST_PHOTOS")
    if not root:
        pytest.skip("needs real photos: set FMNIST_TEST_PHOTOS to a folder of them")
    return sorted(Path(root).glob("validation/t-shirt/*"))


def test_a_photo_is_seen_as_the_app_sees_it_and_disturbed(tmp_path: Path) -> None:
    one = labelled(photo(tmp_path / "pants" / "a.png"))
    views = read_views(one)
    assert views.shape == (VIEWS, 28, 28)
    pipeline = Ensemble.load(default_store(), "everyday").pipeline
    as_the_app = preprocess_photo(decode(one.path.read_bytes()), pipeline).model_inputs.image
    np.testing.assert_array_equal(views[0], as_the_app)
    np.testing.assert_array_equal(views, read_views(one))
    (tmp_path / "notes.txt").write_text("no picture")
    assert not len(read_views(labelled(tmp_path / "notes.txt")))


def test_what_is_outlined_in_a_real_photo_is_seen_as_the_app_sees_it() -> None:
    pipeline = Ensemble.load(default_store(), "everyday").pipeline
    without = replace(pipeline, outline=None)
    differ = 0
    for path in real_photos()[:8]:
        picture = decode_photo(path.read_bytes(), path.name)
        as_the_app = preprocess_photo(picture, pipeline).model_inputs.image
        np.testing.assert_array_equal(read_views(labelled(path))[0], as_the_app)
        differ += bool((preprocess_photo(picture, without).model_inputs.image != as_the_app).any())
    assert differ, "no outline changed anything: other photos are needed for this test"


def test_of_a_folder_with_many_photos_some_are_taken_evenly() -> None:
    many = [labelled(Path(f"{n}.png"), "shop") for n in range(10)]
    few = [labelled(Path(f"{n}.png"), "shop", "bags") for n in range(2)]
    chosen = list(some_of_each([*many, *few], most=4))
    assert [photo.path.stem for photo in chosen] == ["0", "3", "6", "9", "0", "1"]


def test_folders_of_photos_become_sets(tmp_path: Path) -> None:
    for name in ("pants/a.png", "shoes/b.png", "hat/c.png", "unheard-of/d.png"):
        photo(tmp_path / name)
    familiar, other = photo_material(tmp_path, CLASS_NAMES)
    assert len(familiar.images) == 2 * VIEWS
    assert len(other.images) == VIEWS
    assert familiar.targets[0].tolist() == targets([frozenset({1})], 10)[0].tolist()
    assert familiar.targets[-1].tolist() == targets([frozenset({5, 7, 9})], 10)[0].tolist()
    with pytest.raises(InputError, match="There is no folder"):
        photo_material(tmp_path / "nowhere", CLASS_NAMES)


def test_each_source_has_its_share_and_what_is_held_out_none(tmp_path: Path) -> None:
    for name in ("train/pants/a.png", "train/hat/b.png", "validation/pants/c.png"):
        photo(tmp_path / name)
    for kind in ("skirts", "jeans", "dresses"):
        for number in range(12):
            photo(tmp_path / "catalogue" / kind / f"{number}.png")
    familiar, other = photo_material(tmp_path, CLASS_NAMES)
    share = SOURCES["catalogue"] / (1 + SOURCES["catalogue"])
    trousers, dresses = familiar.targets[:, 1] == 1, familiar.targets[:, 3] == 1
    assert familiar.weights[dresses].sum() == pytest.approx(share / 2)
    assert familiar.weights[trousers].sum() == pytest.approx(1 - share / 2)
    assert other.weights.sum() == pytest.approx(1)
    listed = labelled_photos(tmp_path, CLASS_NAMES)
    learnt = [each for each in listed if not each.held_out]
    assert len(familiar.images) + len(other.images) == VIEWS * len(learnt) < VIEWS * len(listed)


def test_reading_ends_where_the_signal_that_ends_processes_is_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)  # as in a run that has learnt something
    try:
        assert photos._on_all_cores(abs, [-1, 2]) == [1, 2]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_process_that_was_killed_is_told() -> None:
    with pytest.raises(RuntimeError, match="was killed, perhaps as memory ran out"):
        photos._on_all_cores(os._exit, [1])


def test_real_photos_become_garments() -> None:
    paths = real_photos()[:5]
    views = np.stack([read_views(labelled(path)) for path in paths])
    assert views.shape == (5, VIEWS, 28, 28)
    # A T-shirt fills most of its square, and no view of it has lost more than half of it.
    filled = (views > 20).mean(axis=(2, 3))
    assert (filled[:, 1:] > 0.5 * filled[:, :1]).all()
