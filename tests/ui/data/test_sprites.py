import io

import numpy as np
from PIL import Image

from fmnist.ui.data.sprites import first_of_each, png, tiled
from tests.small_dataset import make_split


def test_images_stand_row_after_row() -> None:
    images, _ = make_split(6, seed=1)
    sprite = tiled(images, rows=2)
    assert sprite.shape == (2 * 28, 3 * 28)
    np.testing.assert_array_equal(sprite[:28, 28:56], images[1])
    np.testing.assert_array_equal(sprite[28:, :28], images[3])


def test_what_is_over_is_black() -> None:
    images, _ = make_split(5, seed=1)
    assert not tiled(images, rows=2)[28:, 56:].any()
    assert tiled(images[:1], rows=3).shape == (3 * 28, 28)
    assert not tiled(images[:0], rows=3).any()


def test_the_first_of_each_class() -> None:
    labels = np.array([1, 0, 1, 1, 0], np.uint8)
    assert [found.tolist() for found in first_of_each(labels, 3, 2)] == [[1, 4], [0, 2], []]


def test_a_png_loses_nothing() -> None:
    images, _ = make_split(6, seed=1)
    picture = tiled(images, rows=2)
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(png(picture)))), picture)
