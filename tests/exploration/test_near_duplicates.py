import numpy as np
import pytest

from fmnist.exploration.near_duplicates import count_exact_duplicates, find_near_duplicates
from tests.small_dataset import make_split


def test_each_test_image_is_paired_with_its_nearest() -> None:
    train, _ = make_split(60, seed=1)
    test, _ = make_split(4, seed=2)
    test = test.copy()
    test[1] = train[7]
    test[3] = train[20]
    test[3, 5, 5] ^= 0x40
    found = find_near_duplicates(test, train, near=0.02)
    assert found.test.tolist() == [1, 3]
    assert found.train.tolist() == [7, 20]
    assert found.distances.tolist() == pytest.approx([0, 64 / 28 / 255])


def test_the_distance_is_exact_where_single_precision_is_not() -> None:
    """Of bright images the squares are so large that a difference of one is lost."""
    train = np.full((2, 28, 28), 255, np.uint8)
    train[0, 0, 0] = 254
    found = find_near_duplicates(np.full((1, 28, 28), 255, np.uint8), train)
    assert found.distances[0] <= 1 / 28 / 255


def test_what_differs_is_not_listed() -> None:
    train, _ = make_split(30, seed=1)
    assert not len(find_near_duplicates(255 - train[:5], train).test)


def test_places_of_the_ranking() -> None:
    train, _ = make_split(30, seed=1)
    found = find_near_duplicates(train[:5], train)
    assert found.at(slice(1, 3)).test.tolist() == found.test[1:3].tolist()


def test_exact_duplicates_are_counted_over_all_halves() -> None:
    images, _ = make_split(10, seed=1)
    assert count_exact_duplicates([images[:6], images[6:]]) == 0
    assert count_exact_duplicates([images[:6], images[4:], images[:1]]) == 3
