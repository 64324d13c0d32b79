import json
import math

import numpy as np
import pytest

from fmnist.evaluation import confusion_matrix, evaluate

PROBABILITIES = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.6, 0.3, 0.1], [1.0, 0.0, 0.0]])
LABELS = np.array([0, 1, 1, 1], dtype=np.uint8)


def test_the_figures_are_those_worked_out_by_hand() -> None:
    result = evaluate(PROBABILITIES, LABELS)
    assert result.n == 4
    assert result.accuracy == 0.5
    # The last answer is certain and wrong, which costs as much as 1e-7 does, not infinity.
    expected = -(math.log(0.7) + math.log(0.8) + math.log(0.3) + math.log(1e-7)) / 4
    assert result.loss == pytest.approx(expected)
    assert result.per_class_accuracy[:2].tolist() == pytest.approx([1, 1 / 3])
    assert math.isnan(result.per_class_accuracy[2])
    assert result.confusion_matrix.tolist() == [[1, 0, 0], [2, 1, 0], [0, 0, 0]]


def test_json_has_null_for_a_class_without_images() -> None:
    values = json.loads(json.dumps(evaluate(PROBABILITIES, LABELS).as_dict(), allow_nan=False))
    assert values["per_class_accuracy"] == [1.0, pytest.approx(1 / 3), None]
    assert values["n"] == 4


def test_counts_do_not_overflow_small_labels() -> None:
    labels = np.full(300, 9, dtype=np.uint8)
    matrix = confusion_matrix(labels, np.full(300, 9), 100)
    assert matrix[9, 9] == 300
    assert matrix.sum() == 300


@pytest.mark.parametrize(("answers", "labels"), [(4, 3), (0, 0)])
def test_answers_and_labels_must_match(answers: int, labels: int) -> None:
    with pytest.raises(ValueError, match="as many answers as labels"):
        evaluate(PROBABILITIES[:answers], LABELS[:labels])
