"""A filter made by hand, against sums written out."""

import numpy as np
import pytest

from fmnist.explanation.filters import PRESETS, filtered

IMAGE = np.random.default_rng(0).integers(0, 256, (28, 28), np.uint8)


@pytest.mark.parametrize("name", PRESETS)
def test_each_number_is_the_sum_over_the_pixels_around(name: str) -> None:
    kernel, around = PRESETS[name], np.pad(IMAGE.astype(float), 1)
    out = filtered(IMAGE, kernel)
    for row, column in ((0, 0), (5, 7), (27, 27)):
        window = around[row : row + 3, column : column + 3]
        assert out.convolved[row, column] == pytest.approx((window * kernel).sum(), abs=1e-2)
    np.testing.assert_array_equal(out.rectified, np.maximum(out.convolved, 0))
    assert out.pooled.shape == (14, 14)
    assert out.pooled[3, 4] == out.rectified[6:8, 8:10].max()


def test_blur_keeps_what_is_even() -> None:
    even = np.full((28, 28), 100, np.uint8)
    assert filtered(even, PRESETS["Blur"]).convolved[1:-1, 1:-1] == pytest.approx(100)


def test_edges_of_what_is_even_are_none() -> None:
    even = np.full((28, 28), 100, np.uint8)
    for name in ("Edges", "Upright lines", "Level lines"):
        assert filtered(even, PRESETS[name]).convolved[1:-1, 1:-1] == pytest.approx(0)
