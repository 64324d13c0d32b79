"""The slice through a loss: it is the network's own, and the walks go down on it."""

import numpy as np
import pytest

from fmnist.lessons.surface import START, Surface, cut, walk
from tests.small_dataset import make_split


@pytest.fixture(scope="module")
def surface() -> Surface:
    return cut(*make_split(60, seed=0))


def test_its_gradient_is_that_of_finite_differences(surface: Surface) -> None:
    place = np.array([0.7, -0.4])
    _, slope = surface.slope(place)
    for axis in range(2):
        step = np.eye(2)[axis] * 1e-3
        up, down = surface.slope(place + step)[0], surface.slope(place - step)[0]
        assert slope[axis] == pytest.approx((up - down) / 2e-3, rel=1e-2, abs=1e-3)


def test_before_the_first_step_it_guesses(surface: Surface) -> None:
    """What the question of the lesson says of ``compile``."""
    assert surface.accuracy(np.array(START)) < 0.3
    assert len(walk(surface, "SGD", 0.1, 0)) == 1


def test_the_walks_begin_together_and_go_down(surface: Surface) -> None:
    for name in ("SGD", "Adam"):
        way = walk(surface, name, 0.1, 60)
        assert way.shape == (61, 3)
        assert tuple(way[0, :2]) == START
        assert way[-1, 2] < way[0, 2] / 2
        assert surface.accuracy(way[-1, :2]) > surface.accuracy(way[0, :2])


def test_the_first_step_of_sgd_goes_by_the_gradient(surface: Surface) -> None:
    _, slope = surface.slope(np.array(START))
    way = walk(surface, "SGD", 0.03, 1)
    np.testing.assert_allclose(way[1, :2], np.array(START) - 0.03 * slope)


def test_the_grid_has_a_row_for_each_place_across(surface: Surface) -> None:
    losses = surface.losses(np.array([0.0, 1.0, 2.0]), np.array([-1.0, 1.0]))
    assert losses.shape == (2, 3)
    assert losses[1, 2] == pytest.approx(surface.slope(np.array([2.0, 1.0]))[0])
