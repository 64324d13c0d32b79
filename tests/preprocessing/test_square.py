import numpy as np
import pytest

from fmnist.preprocessing.square import border_colour, squared


@pytest.mark.parametrize("size", [(40, 20), (400, 200)])
def test_a_photo_keeps_its_shape_in_the_colour_of_its_border(size: tuple[int, int]) -> None:
    height, width = size
    photo = np.full((height, width, 3), (7, 70, 170), np.uint8)
    photo[height // 4 : -height // 4, width // 4 : -width // 4] = 200
    square = squared(photo, 80)
    assert (square.shape, square.dtype) == ((80, 80, 3), np.uint8)
    # It is 40 pixels wide, the garment 20.
    assert (square[:, :20] == (7, 70, 170)).all() and (square[:, 60:] == (7, 70, 170)).all()
    assert (square[40, 32:48] == 200).all()
    assert (square[[10, 70], 40] == (7, 70, 170)).all()


def test_a_line_is_a_photo_too() -> None:
    assert squared(np.full((1, 500, 3), 9, np.uint8), 32).tolist() == [[[9] * 3] * 32] * 32


def test_what_touches_a_part_of_the_border_is_not_its_colour() -> None:
    photo = np.full((10, 10, 3), 250, np.uint8)
    photo[:, 3:6] = 0
    assert border_colour(photo) == (250, 250, 250)
