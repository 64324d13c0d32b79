import math

import keras
import numpy as np
import pytest

from fmnist.training.losses import LOSSES, load_loss
from fmnist.training.losses.crossentropy import SetCrossentropy, set_accuracy

ANSWERS = np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]], np.float32)
RIGHT = np.array([[1, 0, 0], [0, 1, 1], [0, 0, 1]], np.float32)


def test_the_loss_is_that_of_all_right_classes_together() -> None:
    loss = np.asarray(SetCrossentropy().call(RIGHT, ANSWERS))
    # The second may be either of two: 0.3 and 0.2.
    assert loss.tolist() == pytest.approx([-math.log(0.5), -math.log(0.5), -math.log(0.7)], 1e-5)


def test_what_a_teacher_has_predicted_is_no_set() -> None:
    said = np.array([[0.5, 0.3, 0.2], [0.6, 0.3, 0.1]], np.float32)
    loss = np.asarray(SetCrossentropy().call(said, ANSWERS[:2]))
    np.testing.assert_allclose(loss, -(said * np.log(ANSWERS[:2])).sum(axis=1), rtol=1e-5)


def test_a_certain_mistake_does_not_cost_infinity() -> None:
    answer = np.eye(3, dtype=np.float32)[1:2]
    assert np.isfinite(np.asarray(SetCrossentropy(0.1).call(RIGHT[:1], answer)))


def test_smoothing_a_set_takes_a_share_of_every_class_alike() -> None:
    loss = np.asarray(SetCrossentropy(0.1).call(RIGHT, ANSWERS))
    every = -np.log([0.5 * 0.3 * 0.2, 0.5 * 0.3 * 0.2, 0.1 * 0.2 * 0.7]) / 3
    right = -np.log([0.5, 0.5, 0.7])
    np.testing.assert_allclose(loss, 0.9 * right + 0.1 * every, rtol=1e-5)


def test_a_loss_of_sets_survives_its_configuration() -> None:
    again = keras.losses.deserialize(keras.losses.serialize(SetCrossentropy(0.05)))
    assert again.smoothing == 0.05


def test_an_answer_is_right_if_it_is_one_of_the_set() -> None:
    assert np.asarray(set_accuracy(RIGHT, ANSWERS)).tolist() == [1, 0, 1]
    assert np.asarray(set_accuracy(RIGHT[1:2], ANSWERS[2:])).tolist() == [1]
    # Of what a teacher has predicted, if it is what that is most probably.
    assert np.asarray(set_accuracy(ANSWERS[[0, 2]], ANSWERS[:2])).tolist() == [1, 0]


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_is_a_figure_that_is_least_for_the_right_answer(name: str) -> None:
    loss, right = load_loss(name), np.eye(3, dtype=np.float32)
    figures = [float(np.mean(loss(right, rows))) for rows in (right, right[::-1] * 0.9 + 0.1 / 3)]
    assert all(map(np.isfinite, figures))
    assert figures[0] < figures[1]


def test_smoothing_shares_out_a_tenth() -> None:
    target = np.array([[0, 1, 0, 0]], np.float32)
    smoothed = np.array([[0.025, 0.925, 0.025, 0.025]], np.float32)
    entropy = -(smoothed * np.log(smoothed)).sum()
    loss = load_loss("label-smoothing")
    assert float(loss(target, smoothed)) == pytest.approx(entropy, abs=1e-5)
    assert float(loss(target, target * 0.94 + 0.015)) > entropy
