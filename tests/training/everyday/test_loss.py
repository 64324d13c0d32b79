import math

import numpy as np
import pytest

from fmnist.training.losses.crossentropy import set_accuracy, set_crossentropy

ANSWERS = np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]], np.float32)
RIGHT = np.array([[1, 0, 0], [0, 1, 1], [0, 0, 1]], np.float32)


def test_the_loss_is_that_of_all_right_classes_together() -> None:
    loss = np.asarray(set_crossentropy(RIGHT, ANSWERS))
    # The second may be either of two: 0.3 and 0.2.
    assert loss.tolist() == pytest.approx([-math.log(0.5), -math.log(0.5), -math.log(0.7)], 1e-5)


def test_a_certain_mistake_does_not_cost_infinity() -> None:
    assert np.isfinite(np.asarray(set_crossentropy(RIGHT[:1], np.eye(3, dtype=np.float32)[1:2])))


def test_an_answer_is_right_if_it_is_one_of_the_set() -> None:
    assert np.asarray(set_accuracy(RIGHT, ANSWERS)).tolist() == [1, 0, 1]
    assert np.asarray(set_accuracy(RIGHT[1:2], ANSWERS[2:])).tolist() == [1]
