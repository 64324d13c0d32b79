"""The task "photos", from which are held out to a model that predicts beside another."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from fmnist.models import ModelStore
from fmnist.training.augmentation.photometric import distort_photos
from fmnist.training.batches import PhotoBatches
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.status import State
from fmnist.training.synthetic.material import Material, balanced, targets
from fmnist.training.synthetic.photos import VIEWS
from fmnist.training.tasks.photos import hold_out_photos
from tests.training.conftest import wait_until_over


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two photos of trousers, and two of hats."""
    random = np.random.default_rng(0)
    for number, kind in enumerate(["pants", "pants", "hat", "hat"]):
        picture = np.full((90, 60, 3), 235, np.uint8)
        picture[20:70, 15:45] = random.integers(0, 120, 3)
        (tmp_path / "photos" / kind).mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(tmp_path / "photos" / kind / f"{number}.png"), picture)
    return tmp_path / "photos"


def test_photos_alone_make_a_photo_model(photos: Path, runs_folder: Path) -> None:
    configuration = Configuration(
        "sharp",
        epochs=1,
        batch_size=4,
        validation_share=0.5,
        task="photos",
        photos=str(photos),
    )
    run = Run.create(configuration, runs_folder)
    run.start()
    status = wait_until_over(run)
    assert status.state is State.FINISHED, run.log()
    assert {"val_accuracy", "val_loss"} < set(run.history()[0])
    card = ModelStore(run.folder).card("model")
    assert (card.takes_photos, card.shape, card.ood_threshold) == (True, (64, 64, 3), 0.5)
    assert card.split == {"train": 12, "validation": 2}
    assert card.sets == ((1,),)
    assert card.configuration["photos"] == "PHOTOS"
    assert not (run.folder / "material.npz").exists(), "other people's photos are not kept"


SETS = [frozenset({1})] * 6 + [frozenset({5, 7, 9})] * 4 + [frozenset[int]()] * 2


@pytest.fixture
def views() -> Material:
    """Twelve photos; every pixel of a view is the number of its photo, times ten."""
    photos = np.repeat(np.arange(12), VIEWS)
    images = np.broadcast_to(10 * photos[:, None, None, None], (len(photos), 64, 64, 3))
    return balanced(images.astype(np.uint8), targets([SETS[i] for i in photos], 10))


def test_all_views_of_a_photo_are_held_out_together(views: Material) -> None:
    training, (images, rows) = hold_out_photos(views, 0.5)
    held_out = set(images[:, 0, 0, 0].tolist())
    assert len(images) == len(held_out) == 6, "of each photo the one view that the app sees"
    assert (rows.sum(axis=0) > 0).sum() == 5, "of every kind"
    assert not held_out & set(training.images[:, 0, 0, 0].tolist())
    assert len(training.images) == 6 * VIEWS


def test_none_of_the_ten_is_drawn_more_often(views: Material) -> None:
    training, _ = hold_out_photos(views, 0)
    shares = [
        training.weights[(training.targets == row).all(axis=1)].sum()
        for row in np.unique(training.targets, axis=0)
    ]
    assert sorted(shares) == pytest.approx([1 / 3.5, 1 / 3.5, 1.5 / 3.5])


def test_a_limit_that_leaves_nothing_is_a_sentence(views: Material) -> None:
    with pytest.raises(ValueError, match="none is left to train on"):
        hold_out_photos(views, 0.9, limit=1)


def test_a_batch_depends_on_seed_epoch_and_index_alone(views: Material) -> None:
    configuration = Configuration(batch_size=8, seed=1)
    batches = PhotoBatches(configuration, views)
    assert len(batches) == 9
    first = batches[0]
    assert (first[0].shape, first[1].shape) == ((8, 64, 64, 3), (8, 11))
    batches.on_epoch_end()
    later = batches[0]
    assert not np.array_equal(first[0], later[0])
    np.testing.assert_array_equal(PhotoBatches(configuration, views, epoch=1)[0][0], later[0])


def test_distortion_keeps_the_garment_on_white() -> None:
    images = np.full((40, 64, 64, 3), 255, np.uint8)
    images[:, 8:56, 20:44] = (60, 90, 160)
    distorted = distort_photos(images, np.random.default_rng(0))
    assert (distorted.shape, distorted.dtype) == (images.shape, np.uint8)
    centres = distorted[:, 24:40, 28:36].astype(float).mean(axis=(1, 2, 3))
    corners = distorted[:, :3, :3].astype(float).mean(axis=(1, 2, 3))
    # Some are inverted or have a piece hidden; most still show a dark garment on light ground.
    assert (centres < corners - 40).mean() > 0.6
    assert len(np.unique(distorted.reshape(40, -1), axis=0)) == 40
