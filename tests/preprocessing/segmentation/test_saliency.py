"""The cues that tell a thing from its background before any of it is known."""

import numpy as np
import pytest

from fmnist.preprocessing.segmentation.garment import _first_guess
from fmnist.preprocessing.segmentation.saliency import (
    barrier_distance,
    border_band,
    centre_prior,
    colour_posterior,
)
from tests.preprocessing.pictures import shirt


def colours(rows: list[list[float]]) -> np.ndarray:
    """A picture with one channel that matters."""
    plane = np.array(rows, np.float32)
    return np.stack([plane, 0 * plane, 0 * plane], axis=-1)


def test_the_barrier_is_the_least_change_on_any_path_to_a_seed() -> None:
    # From the seed at the left: a wall of 9 with a gap of 2 below, and behind it a slope.
    picture = colours([[0, 9, 3, 4], [0, 9, 3, 5], [0, 2, 3, 6]])
    seeds = np.zeros((3, 4), bool)
    seeds[:, 0] = True
    expected = [[0, 9, 3, 4], [0, 9, 3, 5], [0, 2, 3, 6]]
    assert barrier_distance(picture, seeds).tolist() == expected


def test_the_barrier_counts_the_highest_against_the_lowest_on_the_path() -> None:
    picture = colours([[5, 2, 8, 5]])
    seeds = np.array([[True, False, False, False]])
    assert barrier_distance(picture, seeds).tolist() == [[0, 3, 6, 6]]


def test_without_a_seed_nothing_is_far() -> None:
    assert not barrier_distance(colours([[1, 2], [3, 4]]), np.zeros((2, 2), bool)).any()


def test_the_first_guess_needs_the_barrier_where_colours_tell_nothing() -> None:
    """A ring in a colour that the border has too: only a path into it must cross something."""
    y, x = np.mgrid[:120, :120]
    picture = np.full((120, 120, 3), 200, np.uint8)
    ring = np.abs(np.hypot(y - 60, x - 60) - 34) < 5
    picture[ring] = (40, 40, 40)
    score, posterior = _first_guess(picture)
    inside, outside = np.hypot(y - 60, x - 60) < 24, np.hypot(y - 60, x - 60) > 56
    # Colour and place alone leave this much between them.
    without = 0.5 * posterior + 0.15 * centre_prior((120, 120))
    assert without[inside].mean() - without[outside].mean() < 0.45
    gained = (score - without)[inside].mean() - (score - without)[outside].mean()
    assert gained == pytest.approx(0.35, abs=0.06), "the share of the barrier in the score"


def test_colours_are_told_by_what_each_side_has() -> None:
    picture = np.full((20, 20, 3), 128, np.float32)
    picture[:, 10:] = (60, 170, 90)
    left, right = np.zeros((20, 20), np.float32), np.zeros((20, 20), np.float32)
    left[:, :8], right[:, 12:] = 1, 1
    posterior = colour_posterior(picture, garment=right, ground=left)
    assert posterior[:, :10].max() < 0.05
    assert posterior[:, 10:].min() > 0.95


def test_the_middle_is_likeliest_and_the_band_is_the_border() -> None:
    prior = centre_prior((101, 101))
    assert prior[50, 50] == pytest.approx(1)
    assert prior[50, 50] > prior[50, 10] > prior[10, 10]
    band = border_band((100, 50), 0.04)
    assert band[:4].all() and band[:, :4].all()
    assert not band[4:-4, 4:-4].any()


def test_a_shirt_scores_above_its_background() -> None:
    score, _ = _first_guess(np.asarray(shirt()))
    exact = np.asarray(shirt("white", "black").convert("L")) > 127
    assert score[exact].mean() > score[~exact].mean() + 0.4
