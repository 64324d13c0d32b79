import math

import numpy as np
import pytest

from fmnist.evaluation.folder_metrics import FolderEvaluation
from fmnist.evaluation.folder_metrics import evaluate_folders as score
from fmnist.inference.ood import unfamiliarity

NOTHING = np.empty((0, 3))
# Answers 0, 0, 1 and 2, the first two very certain.
ANSWERS = np.array([[0.9, 0.1, 0.0], [1.0, 0.0, 0.0], [0.2, 0.8, 0.0], [0.0, 0.3, 0.7]])


def evaluate_folders(classes: list[frozenset[int]], answers: list[np.ndarray]) -> FolderEvaluation:
    return score(classes, answers, [unfamiliarity(rows) for rows in answers])


def test_the_figures_are_those_worked_out_by_hand() -> None:
    classes = [frozenset({0}), frozenset({1, 2}), frozenset[int]()]
    result = evaluate_folders(classes, [ANSWERS[[0, 1, 2]], ANSWERS[:1], ANSWERS[[2, 3]]])
    assert result.confusion_matrix.tolist() == [[2, 1, 0], [1, 0, 0], [0, 1, 1]]
    assert result.n.tolist() == [3, 1, 2]
    assert result.accuracy[:2].tolist() == pytest.approx([2 / 3, 0])
    assert math.isnan(result.accuracy[2])
    # The mean of the two folders, not 2 of 4 pictures.
    assert result.balanced_accuracy == pytest.approx(1 / 3)
    # Unfamiliar 0.2 and 0.3 against familiar 0.1, 0, 0.2 and 0.1: seven of eight, and a tie.
    assert result.auroc == pytest.approx(7.5 / 8)


def test_any_of_the_right_classes_will_do() -> None:
    result = evaluate_folders([frozenset({0, 2})], [ANSWERS])
    assert result.accuracy.tolist() == [0.75]


def test_a_folder_without_answers_does_not_count() -> None:
    result = evaluate_folders([frozenset({0}), frozenset({1})], [ANSWERS[:2], NOTHING])
    assert result.balanced_accuracy == 1
    assert result.n.tolist() == [2, 0]
    assert math.isnan(result.auroc), "there is nothing to be told apart"


def test_only_pictures_of_none_of_the_classes() -> None:
    result = evaluate_folders([frozenset()], [ANSWERS])
    assert math.isnan(result.balanced_accuracy)
    assert math.isnan(result.auroc)
