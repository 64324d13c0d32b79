import numpy as np
import pytest

from fmnist.exploration.pixel_statistics import PixelStatistics
from fmnist.storage import RowsOnDisk
from tests.small_dataset import make_split


def test_they_are_numpy_s() -> None:
    images, labels = make_split(4500, seed=2)  # more than are read at once
    found = PixelStatistics.of(RowsOnDisk(images), labels, 10)
    for label in range(10):
        own = images[labels == label]
        np.testing.assert_allclose(found.means[label], own.mean(axis=0), rtol=1e-5)
        expected = np.bincount(own.reshape(-1), minlength=256)
        np.testing.assert_array_equal(found.counts[label], expected)
    assert found.share_of_zeros() == pytest.approx((images == 0).mean())
    scaled = images / 255
    assert found.mean_and_deviation() == pytest.approx((scaled.mean(), scaled.std()))


def test_a_class_without_images_is_black() -> None:
    images, labels = make_split(10, seed=2)
    found = PixelStatistics.of(images[labels < 3], labels[labels < 3], 10)
    assert not found.means[5].any()
    assert found.means[2].any()
