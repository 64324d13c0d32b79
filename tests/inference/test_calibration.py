import numpy as np
import pytest

from fmnist.inference.calibration import (
    expected_calibration_error,
    fit_temperature,
    fit_weights,
    geometric_mean,
    temper,
)


def test_the_error_is_the_one_worked_out_by_hand() -> None:
    # Three answers of 0.9, of which two are right, and one of 0.6 that is right.
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.4, 0.6]])
    labels = np.array([0, 1, 1, 1])
    by_hand = (3 * (0.9 - 2 / 3) + 1 * (1 - 0.6)) / 4
    assert expected_calibration_error(probabilities, labels) == pytest.approx(by_hand)
    assert expected_calibration_error(np.eye(2), np.array([0, 1])) == 0


def test_fifteen_bins_are_of_equal_width() -> None:
    # 0.61 and 0.65 lie in the bin of 9/15 to 10/15, 0.67 in the next: a gap may not be made up for
    # by one of another bin.
    confidence = np.array([0.61, 0.65, 0.67])
    probabilities = np.stack([confidence, 1 - confidence], axis=1)
    by_hand = (abs((0.61 + 0.65) - 1) + abs(0.67 - 0)) / 3
    error = expected_calibration_error(probabilities, np.array([0, 1, 1]))
    assert error == pytest.approx(by_hand)


def test_a_temperature_divides_the_logits() -> None:
    logits = np.array([[2.0, -1.0, 0.5], [0.0, 0.0, 3.0]])
    expected = np.exp(logits / 1.7)
    expected /= expected.sum(axis=1, keepdims=True)
    assert temper(np.exp(logits), 1.7) == pytest.approx(expected, abs=1e-6)
    assert temper(np.zeros((1, 4), np.float32), 2.0).tolist() == [[0.25] * 4]


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_a_temperature_that_was_applied_is_found(temperature: float) -> None:
    random = np.random.default_rng(0)
    logits = random.normal(0, 2, (20_000, 5))
    honest = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    labels = (honest.cumsum(axis=1) < random.random((len(honest), 1))).sum(axis=1)
    overdone = honest**temperature
    overdone /= overdone.sum(axis=1, keepdims=True)
    right = np.eye(5, dtype=bool)[labels]
    assert fit_temperature(overdone, right) == pytest.approx(temperature, rel=0.05)
    tempered = overdone ** (1 / temperature)
    tempered /= tempered.sum(axis=1, keepdims=True)
    assert expected_calibration_error(tempered, labels) < 0.015


def test_of_several_right_classes_what_they_have_together_counts() -> None:
    # Nine in ten times one of the first two is right, and so it was said.
    third = np.array([False, False, True])
    right = np.array(([~third] * 9 + [third]) * 1000)
    said = np.tile([0.45, 0.45, 0.1], (len(right), 1))
    assert fit_temperature(said, right) == pytest.approx(1, abs=0.06)


def test_a_weighted_geometric_mean_is_the_product_of_powers() -> None:
    first, second = np.array([[0.5, 0.25, 0.25]]), np.array([[0.1, 0.8, 0.1]])
    mean = geometric_mean(first, second, (0.5, 1.0))
    expected = np.sqrt(first) * second
    np.testing.assert_allclose(mean, expected / expected.sum(), atol=1e-6)
    sure = np.array([[1.0, 0.0, 0.0]])
    assert np.isfinite(geometric_mean(sure, second, (2.0, 2.0))).all()


def test_who_knows_more_weighs_more_and_each_group_counts_the_same() -> None:
    random = np.random.default_rng(0)
    honest = random.dirichlet(np.ones(4), 4000)
    right = np.eye(4)[[random.choice(4, p=row) for row in honest]]
    guess = random.dirichlet(np.ones(4), 4000)
    groups = np.repeat(["few", "many"], [400, 3600])
    assert fit_weights(guess, honest, right, groups) == pytest.approx((0, 1), abs=0.15)
    # The few were guessed by the other one, and half of all that counts is theirs.
    swapped = np.where((groups == "few")[:, None], guess, honest)
    other = np.where((groups == "few")[:, None], honest, guess)
    one, two = fit_weights(swapped, other, right, groups)
    assert one == pytest.approx(two, abs=0.15)
