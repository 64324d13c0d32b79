"""A map over a picture is blue where it speaks for, and red where it speaks against."""

import numpy as np
import pytest

from fmnist.ui.why.heat import heat

TOLD = np.array([[1.0, 0.0], [0.0, -1.0]])


@pytest.mark.parametrize("shape", [(28, 28), (192, 192, 3)])
def test_the_colours_say_for_and_against(shape: tuple[int, ...]) -> None:
    picture = heat(np.full(shape, 120, np.uint8), TOLD)
    assert (picture.shape, picture.dtype) == ((336, 336, 3), np.uint8)
    red, green, blue = picture[20, 20].astype(int)
    assert blue > green > red
    red, green, blue = picture[-20, -20].astype(int)
    assert red > green >= blue - 30
    assert np.ptp(picture[168, 168].astype(int)) < 20, "between them it is gray"


def test_a_map_that_says_nothing_shows_the_picture_alone() -> None:
    image = np.random.default_rng(0).integers(0, 256, (28, 28), np.uint8)
    picture = heat(image, np.zeros((4, 4)))
    assert (picture == picture[..., :1]).all()
    assert picture[::12, ::12, 0].max() > 100
