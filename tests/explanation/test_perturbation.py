"""An image is changed as its slider says, and the smallest change that flips an answer is found."""

import numpy as np
import pytest

from fmnist.explanation.perturbation import PERTURBATIONS, perturb, smallest_flips
from tests.explanation.conftest import CORNER, Explain, dense_that_sees_a_corner
from tests.small_dataset import make_split

IMAGE = make_split(1, seed=6)[0][0]


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_every_change_begins_with_none(name: str) -> None:
    each = PERTURBATIONS[name]
    assert each.low <= each.none <= each.high
    np.testing.assert_array_equal(each.apply(IMAGE, each.none), IMAGE)
    before = IMAGE.copy()
    for strength in (each.low, each.high):
        changed = each.apply(IMAGE, strength)
        assert (changed.shape, changed.dtype) == ((28, 28), np.uint8)
        assert strength == each.none or not np.array_equal(changed, IMAGE)
    np.testing.assert_array_equal(IMAGE, before)
    steps = (each.high - each.low) / each.step
    assert steps == pytest.approx(round(steps)), "the slider reaches its end"


def test_changes_do_what_they_are_called() -> None:
    apply = {name: each.apply for name, each in PERTURBATIONS.items()}
    dot = np.zeros((28, 28), np.uint8)
    dot[10, 10] = 100
    assert np.argwhere(apply["right"](dot, 3)).tolist() == [[10, 13]]
    assert np.argwhere(apply["down"](dot, -2)).tolist() == [[8, 10]]
    bar = np.zeros((28, 28), np.uint8)
    bar[0:14, 13:15] = 200
    assert apply["turn"](bar, 90)[13:15, 16:26].min() > 150, "clockwise: what was up is right"
    assert apply["brightness"](dot, 2)[10, 10] == 200
    halves = np.repeat(np.array([[60], [140]], np.uint8), 14, axis=0).repeat(28, axis=1)
    assert np.unique(apply["contrast"](halves, 0.5)).tolist() == [80, 120], "about their mean"
    assert apply["erase"](np.full((28, 28), 9, np.uint8), 20).sum() == 9 * (784 - 400)
    assert apply["blur"](dot, 1)[10, 10] < 30
    assert np.count_nonzero(apply["scale"](bar, 0.5)) < np.count_nonzero(bar)


def test_several_changes_follow_one_another() -> None:
    both = perturb(IMAGE, {"brightness": 0.5, "right": 2})
    apart = PERTURBATIONS["brightness"].apply(PERTURBATIONS["right"].apply(IMAGE, 2), 0.5)
    np.testing.assert_array_equal(both, apart)
    np.testing.assert_array_equal(perturb(IMAGE, {}), IMAGE)


def test_the_smallest_change_that_flips_is_found(explain: Explain) -> None:
    classifier = explain(dense_that_sees_a_corner()).classifier
    image = np.zeros((28, 28), np.uint8)
    image[:CORNER, :CORNER] = 255
    assert classifier.predict_proba(image[None]).argmax() == 3
    flips = {flip.name: flip for flip in smallest_flips(classifier, image)}
    # Nothing is left in the corner only if all is gone from it.
    assert flips["right"].strength == pytest.approx(CORNER, abs=0.7)
    assert flips["down"].strength == pytest.approx(CORNER, abs=0.7)
    assert {"blur", "erase", "brightness", "noise"}.isdisjoint(flips)
    for flip in flips.values():
        label = classifier.predict_proba(flip.image[None]).argmax()
        assert label == flip.label != 3


def test_a_change_is_said_in_words() -> None:
    written = {name: each.written for name, each in PERTURBATIONS.items()}
    assert written["right"](-2) == "Shift left 2 pixels"
    assert written["down"](0.67) == "Shift down 0.67 pixels"
    assert written["turn"](-22.5) == "Rotation −22°"
    assert written["scale"](0.95) == "Scale 0.95×"
