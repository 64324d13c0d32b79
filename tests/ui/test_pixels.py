"""Pictures as the browser takes them."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from fmnist.ui.pixels import data_url, thumbnail


@pytest.mark.parametrize("shape", [(28, 28), (5, 7), (5, 7, 3), (5, 7, 4)])
def test_a_data_url_loses_nothing(shape: tuple[int, ...]) -> None:
    picture = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    head, _, body = data_url(picture).partition(",")
    assert head == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(body))) as image:
        np.testing.assert_array_equal(np.asarray(image), picture)


def test_a_wide_picture_is_fitted_and_centred_on_the_colour_of_its_corner() -> None:
    picture = np.full((50, 200, 3), (10, 20, 30), np.uint8)
    picture[10:40, 50:150] = 255
    small = thumbnail(picture, 40)
    assert small.shape == (40, 40, 3)
    assert (small[0] == (10, 20, 30)).all()
    assert (small[-1] == (10, 20, 30)).all()
    assert (small[20, 20] == 255).all()


def test_a_small_picture_is_enlarged_by_whole_pixels() -> None:
    picture = np.array([[0, 255], [255, 0]], np.uint8)
    large = thumbnail(picture, 5)
    assert large.shape == (5, 5)
    assert set(np.unique(large)) == {0, 255}
    np.testing.assert_array_equal(large[:4, :4], np.kron(picture, np.ones((2, 2), np.uint8)))
