import numpy as np
import pytest

from fmnist.inference.verdict import UNSURE_BELOW, Verdict, right_answers, verdict

SURE, TORN = np.array([0.9, 0.1]), np.array([UNSURE_BELOW - 0.01, 0.41])


@pytest.mark.parametrize(
    ("probabilities", "unfamiliarity", "threshold", "expected"),
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
    probabilities: np.ndarray, unfamiliarity: float, threshold: float | None, expected: Verdict
) -> None:
    assert verdict(probabilities, unfamiliarity, threshold) == expected


def test_which_answers_are_right() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.2, 0.8]])
    strangeness = np.array([0.1, 0.7, 0.7, 0.1])
    labels = [0, 0, None, None]
    assert right_answers(labels, probabilities, strangeness, 0.5).tolist() == [1, 0, 1, 0]
    # Who cannot tell is never right about what shows none of them.
    assert right_answers(labels, probabilities, strangeness, None).tolist() == [1, 1, 0, 0]
