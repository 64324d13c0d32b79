"""The sprite of a gallery: every thumbnail where the browser looks for it."""

import numpy as np
import pytest

from fmnist.ui.gallery import sprite


def _tile(sheet: np.ndarray, place: int, height: int, width: int) -> np.ndarray:
    top, left = place // 10 * height, place % 10 * width
    return sheet[top : top + height, left : left + width]


@pytest.mark.parametrize(("n", "rows"), [(1, 1), (10, 1), (11, 2), (60, 6)])
@pytest.mark.parametrize("shape", [(28, 28), (4, 6, 3)])
def test_thumbnails_stand_ten_in_a_row(n: int, rows: int, shape: tuple[int, ...]) -> None:
    images = np.random.default_rng(0).integers(0, 256, (n, *shape), dtype=np.uint8)
    height, width, *channels = shape
    sheet = sprite(images)
    assert sheet.shape == (rows * height, 10 * width, *channels)
    assert sheet.dtype == np.uint8
    for place in range(n):
        np.testing.assert_array_equal(_tile(sheet, place, height, width), images[place])
    for place in range(n, rows * 10):
        assert not _tile(sheet, place, height, width).any()
