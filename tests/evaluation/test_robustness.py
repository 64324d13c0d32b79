"""Robustness: what is changed, how strongly, and what is kept of the figures."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.evaluation.robustness import (
    STRENGTHS,
    Robustness,
    changed,
    measure_robustness,
    strength,
)
from fmnist.explanation.perturbation import PERTURBATIONS
from fmnist.inference.classifier import Classifier
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import ModelStore
from tests.small_dataset import make_split

IMAGES, LABELS = make_split(40, seed=2)
KEY = OutputsKey.of("twin", IMAGES)


@pytest.fixture(scope="module")
def classifier(trained_models: Path) -> Classifier:
    return Classifier(ModelStore(trained_models).twin("dense"), 10)


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_a_change_grows_from_nothing_to_the_end_of_its_slider(name: str) -> None:
    perturbation = PERTURBATIONS[name]
    steps = [strength(perturbation, step, 0) for step in range(STRENGTHS + 1)]
    assert (steps[0], steps[-1]) == (perturbation.none, pytest.approx(perturbation.high))
    assert np.array_equal(changed(IMAGES, name, 0), IMAGES)
    for step in (1, STRENGTHS):
        expected = perturbation.apply(IMAGES[0], steps[step])
        assert np.array_equal(changed(IMAGES[:1], name, step)[0], expected)


def test_what_goes_two_ways_goes_both() -> None:
    right = PERTURBATIONS["right"]
    assert [strength(right, STRENGTHS, place) for place in range(3)] == [8, -8, 8]
    blur = PERTURBATIONS["blur"]
    assert [strength(blur, STRENGTHS, place) for place in range(2)] == [4, 4]


def test_a_figure_is_the_share_that_is_right(classifier: Classifier) -> None:
    told: list[float] = []
    measured = measure_robustness(classifier, IMAGES, LABELS, told.append)
    assert measured.n == len(IMAGES)
    assert set(measured.accuracies) == set(PERTURBATIONS)
    for name in ("noise", "turn"):
        for step in (0, 2, STRENGTHS):
            said = classifier.predict_proba(changed(IMAGES, name, step)).argmax(axis=1)
            assert measured.accuracies[name][step] == pytest.approx(np.mean(said == LABELS))
    assert told[-1] == 1
    assert told == sorted(told)


def test_what_is_kept_is_read_back_for_the_same_model_alone(
    tmp_path: Path, classifier: Classifier
) -> None:
    path = tmp_path / "robustness.json"
    measured = measure_robustness(classifier, IMAGES[:5], LABELS[:5])
    measured.write(path, KEY)
    assert Robustness.read(path, "twin") == measured
    assert Robustness.read(path, "another twin") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"accuracies": {"right": [1]}}', "\x00"])
def test_what_cannot_be_read_counts_as_not_measured(text: str, tmp_path: Path) -> None:
    path = tmp_path / "robustness.json"
    path.write_text(text)
    assert Robustness.read(path, "twin") is None
    assert Robustness.read(tmp_path / "nothing.json", "twin") is None
