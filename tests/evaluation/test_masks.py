import numpy as np
import pytest

from fmnist.evaluation.masks import PixelEvaluation
from fmnist.labelled_photos.masks import set_of

NAMES = ("shirt", "shoe", "boot")
OTHER, GROUND = 3, 4


def evaluation(answers: np.ndarray, truth: list[set[int]]) -> PixelEvaluation:
    """Rows of 1,000 pixels that are said to be one thing, and may be another."""
    sets = np.repeat(np.array([[set_of(each)] for each in truth]), 1000, axis=1)
    probabilities = np.eye(5)[np.repeat(answers[:, None], 1000, axis=1)]
    return PixelEvaluation.of(probabilities[None], sets[None], NAMES)


def test_shares_are_intersections_over_unions() -> None:
    found = evaluation(np.array([0, 0, GROUND, OTHER]), [{0}, {GROUND}, {0}, {OTHER}])
    assert found.classes == {"shirt": pytest.approx(1 / 3)}
    assert found.garment == pytest.approx(1 / 3)
    assert found.worn == pytest.approx(2 / 4)
    assert found.mean == pytest.approx(1 / 3)
    assert found.pixels == {"shirt": 2000, "shoe": 0, "boot": 0}


def test_a_shoe_of_some_kind_counts_for_a_garment_and_for_no_class() -> None:
    found = evaluation(np.array([1, 2, 1]), [{1, 2}, {1, 2}, {1}])
    assert found.garment == 1
    assert found.classes == {"shoe": 1}


def test_what_may_be_one_of_the_classes_or_none_is_neither_right_nor_wrong() -> None:
    found = evaluation(np.array([0, GROUND]), [{0}, {0, 1, 2, OTHER}])
    assert found.garment == 1
    assert found.worn == pytest.approx(1 / 2)


def test_it_is_said_what_could_not_be_measured() -> None:
    lines = "\n".join(evaluation(np.array([0]), [{0}]).lines())
    assert "mean of 1 classes 1.000" in lines
    assert "too few pixels to measure: shoe, boot" in lines
    nothing = evaluation(np.array([GROUND]), [{GROUND}])
    assert np.isnan(nothing.mean) and nothing.metrics()["pixel_n"] == 1
