import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.training.augmentation import AUGMENTATIONS
from fmnist.training.augmentation.geometric import MAX_SHIFT
from tests.small_dataset import make_split


@pytest.fixture(scope="module")
def images() -> NDArray[np.uint8]:
    return make_split(200, seed=3)[0]


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_every_augmentation_keeps_the_contract(name: str, images: NDArray[np.uint8]) -> None:
    before = images.copy()
    changed = AUGMENTATIONS[name](images, np.random.default_rng(0))
    assert changed.shape == images.shape
    assert changed.dtype == np.uint8
    np.testing.assert_array_equal(images, before)
    again = AUGMENTATIONS[name](images, np.random.default_rng(0))
    np.testing.assert_array_equal(changed, again)
    if name != "none":
        other = AUGMENTATIONS[name](images, np.random.default_rng(1))
        assert (changed != other).any()


def test_flip_mirrors_about_half(images: NDArray[np.uint8]) -> None:
    flipped = AUGMENTATIONS["flip"](images, np.random.default_rng(0))
    mirrored = (flipped == images[:, :, ::-1]).all(axis=(1, 2))
    same = (flipped == images).all(axis=(1, 2))
    assert (mirrored | same).all()
    assert 70 < mirrored.sum() < 130


def test_shift_moves_a_point_by_every_amount_up_to_the_most() -> None:
    images = np.zeros((2000, 28, 28), np.uint8)
    images[:, 14, 14] = 255
    shifted = AUGMENTATIONS["shift"](images, np.random.default_rng(0))
    assert (shifted.sum(axis=(1, 2)) == 255).all()
    _, rows, columns = np.nonzero(shifted)
    every = set(range(14 - MAX_SHIFT, 14 + MAX_SHIFT + 1))
    assert set(rows.tolist()) == set(columns.tolist()) == every


def test_erase_fills_a_rectangle_of_about_half_with_noise() -> None:
    erased = AUGMENTATIONS["erase"](np.zeros((1000, 28, 28), np.uint8), np.random.default_rng(0))
    changed = erased.any(axis=(1, 2))
    assert 430 < changed.sum() < 570
    for image in erased[changed]:
        rows, columns = np.nonzero(image.any(axis=1))[0], np.nonzero(image.any(axis=0))[0]
        box = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        # A corner of noise may be 0 by chance, so the box is at least most of the rectangle.
        assert box.size <= 0.36 * 784
        assert np.count_nonzero(box) >= 0.9 * box.size - 2


def test_shift_fills_with_background() -> None:
    images = np.full((100, 28, 28), 255, np.uint8)
    shifted = AUGMENTATIONS["shift"](images, np.random.default_rng(0))
    covered = (shifted == 255).sum(axis=(1, 2))
    assert covered.max() == 28 * 28
    assert covered.min() == (28 - MAX_SHIFT) ** 2
