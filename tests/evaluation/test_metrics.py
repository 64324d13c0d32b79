import json
import math

import numpy as np
import pytest

from fmnist.evaluation.metrics import (
    FolderEvaluation,
    auroc,
    confusion_matrix,
    evaluate,
    evaluate_folders,
)
from fmnist.inference.ood import max_probability_score

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
    # Sure by 0.7, 0.8, 0.6 and 1, right, right, wrong and wrong, each in a bin of its own.
    assert result.expected_calibration_error == pytest.approx((0.3 + 0.2 + 0.6 + 1) / 4)
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
    with pytest.raises(ValueError, match="as many predictions as labels"):
        evaluate(PROBABILITIES[:answers], LABELS[:labels])


def test_auroc_counts_pairs_and_ties_half() -> None:
    random = np.random.default_rng(0)
    positives, negatives = random.integers(2, 9, 40) / 8, random.integers(0, 7, 30) / 8
    pairs = np.sign(positives[:, None] - negatives) / 2 + 0.5
    assert set(pairs.ravel()) == {0, 0.5, 1}
    assert auroc(positives, negatives) == pytest.approx(pairs.mean())
    assert auroc(negatives, positives) == pytest.approx(1 - pairs.mean())


def test_auroc_at_its_ends() -> None:
    low, high, nothing = np.array([0.1, 0.2]), np.array([0.3]), np.empty(0)
    assert auroc(high, low) == 1
    assert auroc(low, high) == 0
    assert auroc(low, low) == 0.5
    assert math.isnan(auroc(nothing, low))
    assert math.isnan(auroc(high, nothing))


NOTHING = np.empty((0, 3))
# Predictions 0, 0, 1 and 2, the first two very certain.
ANSWERS = np.array([[0.9, 0.1, 0.0], [1.0, 0.0, 0.0], [0.2, 0.8, 0.0], [0.0, 0.3, 0.7]])


def score(classes: list[frozenset[int]], answers: list[np.ndarray]) -> FolderEvaluation:
    return evaluate_folders(classes, answers, [max_probability_score(rows) for rows in answers])


def test_the_figures_of_folders_are_those_worked_out_by_hand() -> None:
    classes = [frozenset({0}), frozenset({1, 2}), frozenset[int]()]
    result = score(classes, [ANSWERS[[0, 1, 2]], ANSWERS[:1], ANSWERS[[2, 3]]])
    assert result.confusion_matrix.tolist() == [[2, 1, 0], [1, 0, 0], [0, 1, 1]]
    assert result.n.tolist() == [3, 1, 2]
    assert result.accuracy[:2].tolist() == pytest.approx([2 / 3, 0])
    assert math.isnan(result.accuracy[2])
    # The mean of the two folders, not 2 of 4 pictures.
    assert result.balanced_accuracy == pytest.approx(1 / 3)
    # Unfamiliar 0.2 and 0.3 against familiar 0.1, 0, 0.2 and 0.1: seven of eight, and a tie.
    assert result.auroc == pytest.approx(7.5 / 8)


def test_any_of_the_right_classes_will_do() -> None:
    result = score([frozenset({0, 2})], [ANSWERS])
    assert result.accuracy.tolist() == [0.75]


def test_a_folder_without_answers_does_not_count() -> None:
    result = score([frozenset({0}), frozenset({1})], [ANSWERS[:2], NOTHING])
    assert result.balanced_accuracy == 1
    assert result.n.tolist() == [2, 0]
    assert math.isnan(result.auroc), "there is nothing to be told apart"


def test_only_pictures_of_none_of_the_classes() -> None:
    result = score([frozenset()], [ANSWERS])
    assert math.isnan(result.balanced_accuracy)
    assert math.isnan(result.auroc)
