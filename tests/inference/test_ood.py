import numpy as np
import pytest

from fmnist.inference.ood import (
    UNSURE_BELOW,
    Verdict,
    correct,
    fit_threshold,
    max_probability_score,
    split_outputs,
    verdict,
)

SURE, TORN = np.array([0.9, 0.1]), np.array([UNSURE_BELOW - 0.01, 0.41])


def test_the_less_certain_the_higher_the_score() -> None:
    certain, torn, lost = max_probability_score(np.array([[1.0, 0, 0], [0.5, 0.5, 0], [1 / 3] * 3]))
    assert certain == 0
    assert certain < torn < lost
    assert max_probability_score(np.empty((0, 3))).shape == (0,)


def test_a_model_that_knows_none_of_them_says_how_probable_that_is() -> None:
    outputs = np.array([[0.3, 0.1, 0.6], [0.0, 0.0, 1.0]], np.float32)
    probabilities, scores = split_outputs(outputs, 2)
    assert probabilities[0].tolist() == pytest.approx([0.75, 0.25])
    assert probabilities[1].tolist() == [0.5, 0.5], "nothing is left to choose by"
    assert scores.tolist() == pytest.approx([0.6, 1])


def test_a_model_that_knows_the_classes_alone_goes_by_its_best() -> None:
    probabilities, scores = split_outputs(np.array([[0.3, 0.7]], np.float32), 2)
    assert probabilities[0].tolist() == pytest.approx([0.3, 0.7])
    assert scores.tolist() == pytest.approx([0.3])


def test_a_temperature_makes_predictions_less_sure_and_changes_nothing_else() -> None:
    outputs = np.array([[0.64, 0.04, 0.32]], np.float32)
    (probabilities,), scores = split_outputs(outputs, 2, 2.0)
    # Square roots, 0.8 and 0.2, already sum to 1.
    assert probabilities.tolist() == pytest.approx([0.8, 0.2])
    assert scores.tolist() == pytest.approx([0.32])


@pytest.mark.parametrize(("strangest", "wanted"), [(0.8, 0.764), (0.01, 0.5)])
def test_one_in_twenty_at_most_is_called_unfamiliar(strangest: float, wanted: float) -> None:
    scores = np.linspace(0, strangest, 1001)
    assert fit_threshold(scores) == pytest.approx(wanted)
    assert np.mean(scores > fit_threshold(scores)) <= 0.05


@pytest.mark.parametrize(
    ("probabilities", "ood_score", "threshold", "expected"),
    [
        (SURE, 0.1, 0.5, "confident"),
        (TORN, 0.1, 0.5, "unsure"),
        (SURE, 0.5, 0.5, "confident"),
        (SURE, 0.51, 0.5, "unfamiliar"),
        (TORN, 0.9, 0.5, "unfamiliar"),
        (SURE, 0.99, None, "confident"),
    ],
)
def test_verdicts(
    probabilities: np.ndarray, ood_score: float, threshold: float | None, expected: Verdict
) -> None:
    assert verdict(probabilities, ood_score, threshold) == expected


def test_which_predictions_are_correct() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.2, 0.8]])
    scores = np.array([0.1, 0.7, 0.7, 0.1])
    labels = [0, 0, None, None]
    assert correct(labels, probabilities, scores, 0.5).tolist() == [1, 0, 1, 0]
    # A model that cannot tell is never right about what shows none of them.
    assert correct(labels, probabilities, scores, None).tolist() == [1, 1, 0, 0]
