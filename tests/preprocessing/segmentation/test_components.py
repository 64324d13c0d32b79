"""What belongs to a thing in a mask, and which holes are filled."""

import numpy as np

from fmnist.preprocessing.segmentation.components import fill_holes, keep_main_thing

EVEN = np.ones((60, 60), np.float32)


def square(*places: tuple[int, int, int]) -> np.ndarray:
    """1 in squares: top, left and side."""
    mask = np.zeros((60, 60), np.uint8)
    for top, left, side in places:
        mask[top : top + side, left : left + side] = 1
    return mask


def test_a_small_hole_is_filled_however_unlikely() -> None:
    mask = square((10, 10, 40)) - square((30, 30, 4))
    assert (fill_holes(mask, 0 * EVEN) == square((10, 10, 40))).all()


def test_a_large_hole_is_filled_if_it_is_likely_and_stays_if_not() -> None:
    mask = square((10, 10, 40)) - square((20, 20, 20))
    assert (fill_holes(mask, 0.9 * EVEN) == square((10, 10, 40))).all()
    assert (fill_holes(mask, 0.1 * EVEN) == mask).all()


def test_what_reaches_the_border_is_no_hole() -> None:
    mask = square((10, 10, 40))
    mask[25:35, :30] = 0  # a bay
    assert (fill_holes(mask, EVEN) == mask).all()


def test_the_heaviest_thing_is_kept_with_what_lies_close() -> None:
    mask = square((5, 5, 20), (5, 27, 18), (45, 45, 12))
    kept, left_out = keep_main_thing(mask, EVEN)
    assert (kept == square((5, 5, 20), (5, 27, 18))).mean() > 0.99
    assert left_out == 1
    weights = EVEN.copy()
    weights[40:, 40:] = 20
    kept, _ = keep_main_thing(mask, weights)
    assert kept[50, 50] == 1
    assert kept[10, 10] == 0


def test_two_alike_are_a_pair_and_three_are_not() -> None:
    pair = square((5, 2, 14), (5, 42, 14))
    kept, left_out = keep_main_thing(pair, EVEN)
    assert kept[10, 8] == kept[10, 48] == 1
    assert left_out == 0
    _, left_out = keep_main_thing(pair | square((42, 22, 14)), EVEN)
    assert left_out == 2
