"""Which images are chosen, and in which order."""

import numpy as np
import pytest

from fmnist.evaluation.selection import ORDERS, OUTCOMES, UNSURE_BELOW, Selection, outcome_masks
from fmnist.exploration.regions import Region

# Image:        0    1    2    3    4
LABELS = np.array([0, 1, 0, 1, 0], np.uint8)
# Answer:       0    0    1    1    0
FIRST = np.array([0.9, 0.7, 0.2, 0.45, 0.55])
PROBABILITIES = np.column_stack([FIRST, 1 - FIRST])


def test_all_images_come_as_in_the_data_set() -> None:
    selection = Selection()
    assert not selection.needs_predictions
    assert selection.indices(LABELS, None).tolist() == [0, 1, 2, 3, 4]


def test_a_class_needs_no_answers() -> None:
    selection = Selection(label=0)
    assert not selection.needs_predictions
    assert selection.indices(LABELS, None).tolist() == [0, 2, 4]


@pytest.mark.parametrize(
    ("outcome", "expected"), [("Right", [0, 3, 4]), ("Wrong", [1, 2]), ("Unsure", [3, 4])]
)
def test_by_outcome(outcome: str, expected: list[int]) -> None:
    selection = Selection(outcome=outcome)  # type: ignore[arg-type]
    assert selection.needs_predictions
    assert selection.indices(LABELS, PROBABILITIES).tolist() == expected


def test_by_class_and_outcome() -> None:
    assert Selection(0, "Wrong").indices(LABELS, PROBABILITIES).tolist() == [2]


def test_by_the_class_predicted() -> None:
    selection = Selection(predicted=1)
    assert selection.needs_predictions
    assert selection.indices(LABELS, PROBABILITIES).tolist() == [2, 3]
    assert Selection(0, "Wrong", predicted=0).indices(LABELS, PROBABILITIES).tolist() == []


def test_by_confidence() -> None:
    # The highest probabilities are 0.9, 0.7, 0.8, 0.55, 0.55; equal ones stay as they were.
    most = Selection(order="Most sure first")
    assert most.needs_predictions
    assert most.indices(LABELS, PROBABILITIES).tolist() == [0, 2, 1, 3, 4]
    least = Selection(order="Least sure first")
    assert least.indices(LABELS, PROBABILITIES).tolist() == [3, 4, 1, 2, 0]


def test_order_within_a_class() -> None:
    chosen = Selection(0, order="Least sure first").indices(LABELS, PROBABILITIES)
    assert chosen.tolist() == [4, 2, 0]


def test_no_image_may_fit() -> None:
    assert not len(Selection(1, "Right", "Most sure first").indices(LABELS[:2], PROBABILITIES[:2]))


def test_right_and_wrong_divide_the_images() -> None:
    masks = outcome_masks(LABELS, PROBABILITIES)
    assert set(masks) == set(OUTCOMES)
    assert (masks["Right"] ^ masks["Wrong"]).all()


def test_unsure_is_below_the_bound_and_not_on_it() -> None:
    at_bound = np.array([[UNSURE_BELOW, 1 - UNSURE_BELOW]])
    assert not outcome_masks(np.zeros(1, np.uint8), at_bound)["Unsure"].any()


def test_the_first_order_is_the_default() -> None:
    assert Selection().order == ORDERS[0]


def test_by_a_region_of_a_map() -> None:
    points = np.array([[1, 1], [9, 1], [2, 2], [9, 9], [3, 3]], np.uint16)
    region = Region("features", ((0, 0), (5, 0), (5, 5), (0, 5)))
    assert Selection(region=region).indices(LABELS, None, points).tolist() == [0, 2, 4]
    assert Selection(0, "Wrong", region=region).indices(LABELS, PROBABILITIES, points).tolist() == [
        2
    ]
