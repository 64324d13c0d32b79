"""Outlines: from what is said of each pixel to garments."""

import numpy as np
import pytest

from fmnist.inference.outlines import find_outlines

TROUSER, SHIRT, COAT, BAG, SNEAKER, BOOT, OTHER, GROUND = 1, 6, 4, 8, 7, 9, 10, 11
SHOES = (5, 7, 9)


def photo(shape: tuple[int, int] = (192, 192)) -> np.ndarray:
    """A photo without edges, along which nothing is snapped."""
    return np.full((*shape, 3), 128, np.uint8)


def pixels(*places: tuple[int, int, int, int, int], sure: float = 0.9) -> np.ndarray:
    """What is said of 96×96: rectangles of an output, top, left, bottom and right; else ground."""
    said = np.full((96, 96, 12), (1 - sure) / 11, np.float32)
    answers = np.full((96, 96), GROUND)
    for output, top, left, bottom, right in places:
        answers[top:bottom, left:right] = output
    np.put_along_axis(said, answers[..., None], sure, axis=-1)
    return said


def test_garments_are_told_apart_and_the_largest_in_the_middle_is_first() -> None:
    said = pixels((BAG, 40, 70, 60, 90), (COAT, 20, 36, 50, 60), (TROUSER, 50, 40, 90, 58))
    found = find_outlines(photo(), said)
    assert [each.label for each in found] == [COAT, TROUSER, BAG]
    top, left, bottom, right = found[1].box
    expected = (50 / 96, 40 / 96, 90 / 96, 58 / 96)
    assert (top, left, bottom, right) == pytest.approx(expected, abs=0.02)
    assert found[1].share == pytest.approx(40 * 18 / 96**2, rel=0.1)
    assert found[1].probabilities.sum() == pytest.approx(1, abs=1e-5)
    mask = found[1].mask((960, 960))
    assert mask.shape == (960, 960) and mask[700, 490] == 255 and mask[100, 100] == 0


def test_on_a_tall_photo_they_are_where_they_are_in_the_square() -> None:
    (found,) = find_outlines(photo((200, 100)), pixels((BAG, 0, 24, 48, 48)))
    # The photo fills the middle half of the square: its left edge is the square's quarter.
    assert found.box == pytest.approx((0, 0, 0.5, 0.5), abs=0.03)


def test_a_part_that_may_be_its_neighbours_is_a_part_of_it() -> None:
    said = pixels((COAT, 20, 30, 60, 50), (SHIRT, 30, 50, 50, 60))
    assert len(find_outlines(photo(), said)) == 2
    said[30:50, 50:60, COAT] = 0.5 * said[30:50, 50:60, SHIRT]
    (one,) = find_outlines(photo(), said)
    assert one.label == COAT


def test_a_crumb_belongs_to_what_it_touches_and_alone_is_nothing() -> None:
    said = pixels((COAT, 20, 30, 60, 50), (BAG, 40, 50, 43, 53), (BAG, 5, 5, 8, 8))
    (one,) = find_outlines(photo(), said)
    assert one.label == COAT


def test_two_shoes_are_a_pair_and_a_shoe_of_two_kinds_is_one() -> None:
    said = pixels((SNEAKER, 80, 30, 90, 36), (BOOT, 80, 36, 90, 42), (BOOT, 80, 52, 90, 64))
    (pair,) = find_outlines(photo(), said, (SHOES,))
    assert pair.label in SHOES
    assert pair.box[1::2] == pytest.approx((30 / 96, 64 / 96), abs=0.02)
    assert len(find_outlines(photo(), said)) > 1, "without knowing that they are alike"


def test_a_garment_of_none_of_the_classes_has_no_label() -> None:
    (one,) = find_outlines(photo(), pixels((OTHER, 20, 20, 70, 70)))
    assert one.label is None


def test_where_there_is_no_garment_none_is_found() -> None:
    assert find_outlines(photo(), pixels()) == []


def test_what_is_smaller_than_a_shoe_and_touches_it_is_its_shaft() -> None:
    said = pixels((BOOT, 40, 20, 70, 60), (COAT, 20, 40, 40, 60))
    (boot,) = find_outlines(photo(), said, (SHOES,))
    assert boot.label in SHOES
    over = pixels((BOOT, 60, 40, 70, 60), (TROUSER, 20, 40, 60, 60))
    assert len(find_outlines(photo(), over, (SHOES,))) == 2


def test_beside_a_garment_that_fills_the_photo_what_is_small_is_none() -> None:
    said = pixels((COAT, 10, 10, 80, 60), (BAG, 40, 80, 52, 90))
    assert [each.label for each in find_outlines(photo(), said)] == [COAT]
    said = pixels((COAT, 10, 10, 80, 60), (BAG, 40, 66, 80, 92))
    assert [each.label for each in find_outlines(photo(), said)] == [COAT, BAG]


def test_two_legs_are_one_pair_of_trousers_and_two_pairs_are_two() -> None:
    (legs,) = find_outlines(photo(), pixels((TROUSER, 30, 36, 80, 44), (TROUSER, 30, 52, 80, 60)))
    assert legs.box[1::2] == pytest.approx((36 / 96, 60 / 96), abs=0.02)
    beside = pixels((TROUSER, 20, 10, 80, 40), (TROUSER, 20, 56, 80, 86))
    assert len(find_outlines(photo(), beside)) == 2
