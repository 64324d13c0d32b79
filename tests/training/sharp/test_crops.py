"""Photos for the sharper look: which are held out, and how often each is drawn."""

import numpy as np
import pytest

from fmnist.training.augmentation.colour import distort
from fmnist.training.crops import Crops, hold_out_photos
from fmnist.training.synthetic.material import Material, balanced, targets
from fmnist.training.synthetic.photos import VIEWS

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


def test_a_batch_depends_on_seed_epoch_and_place_alone(views: Material) -> None:
    batches = Crops(views, batch_size=8, seed=1)
    assert len(batches) == 9
    first = batches[0]
    assert (first[0].shape, first[1].shape) == ((8, 64, 64, 3), (8, 11))
    batches.on_epoch_end()
    later = batches[0]
    assert not np.array_equal(first[0], later[0])
    np.testing.assert_array_equal(Crops(views, batch_size=8, seed=1, epoch=1)[0][0], later[0])


def test_distortion_keeps_the_garment_on_white() -> None:
    images = np.full((40, 64, 64, 3), 255, np.uint8)
    images[:, 8:56, 20:44] = (60, 90, 160)
    distorted = distort(images, np.random.default_rng(0))
    assert (distorted.shape, distorted.dtype) == (images.shape, np.uint8)
    centres = distorted[:, 24:40, 28:36].astype(float).mean(axis=(1, 2, 3))
    corners = distorted[:, :3, :3].astype(float).mean(axis=(1, 2, 3))
    # Some are inverted or have a piece hidden; most still show a dark garment on light ground.
    assert (centres < corners - 40).mean() > 0.6
    assert len(np.unique(distorted.reshape(40, -1), axis=0)) == 40
