import numpy as np
import pytest

from fmnist.verdict import UNSURE_BELOW, Verdict, verdict

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
