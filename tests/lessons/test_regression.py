"""One neuron finds 1.8 and 32; ReLU bends."""

import numpy as np
import pytest

from fmnist.lessons.regression import METRES, bend, descend, root_mean_square


def test_the_neuron_ends_at_the_formula() -> None:
    path = descend(0.001, 5000)
    assert path.shape == (5001, 2)
    assert path[0].tolist() == [0, 0]
    np.testing.assert_allclose(path[-1], [1.8, 32], atol=0.01)


def test_the_bias_is_late() -> None:
    """What the lesson says of 20 steps."""
    weight, bias = descend(0.001, 20)[-1]
    assert weight == pytest.approx(1.8, rel=0.2)
    assert round(bias) == 1


def test_a_rate_that_is_too_high_is_lost_and_stops() -> None:
    path = descend(0.002, 5000)
    assert len(path) < 200
    sizes = np.abs(path[:, 0] - 1.8)
    assert (np.diff(sizes) > 0).all(), "each step overshoots further"
    assert np.isfinite(path).all()


def test_one_neuron_draws_a_line_and_units_bend_it() -> None:
    line, bent = bend(0, 2), bend(4, 2)
    assert np.abs(np.diff(line, 2, axis=0)).max() < 1e-4
    assert root_mean_square(bent - METRES) < root_mean_square(line - METRES) / 5


def test_from_some_random_starts_units_are_dead() -> None:
    """The failure that the lesson lets people find."""
    assert root_mean_square(bend(4, 0) - METRES) > 3
