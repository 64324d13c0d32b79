"""What holds for every step, and what each one does."""

import numpy as np
import pytest

from fmnist.inputs.steps import PHOTO_STEPS, Step
from fmnist.inputs.steps.extend import extend
from fmnist.inputs.steps.gray import gray
from fmnist.inputs.steps.negate import negate
from fmnist.inputs.steps.resize import resize
from fmnist.inputs.steps.sharpen import sharpen
from fmnist.inputs.steps.trim import trim


@pytest.mark.parametrize("step", PHOTO_STEPS, ids=lambda step: step.title)
def test_steps_are_pure(step: Step) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (28, 20, 3), dtype=np.uint8)
    before = picture.copy()
    first, second = step.apply(picture), step.apply(picture)
    assert (picture == before).all()
    assert first.dtype == np.uint8
    assert (first == second).all()


def test_titles_differ() -> None:
    assert len({step.title for step in PHOTO_STEPS}) == len(PHOTO_STEPS)


def framed(ground: int, garment: int) -> np.ndarray:
    picture = np.full((50, 40, 3), ground, dtype=np.uint8)
    picture[10:30, 5:35] = garment
    return picture


def test_trim_cuts_to_what_differs() -> None:
    assert trim(framed(250, 100)).shape == (20, 30, 3)
    noisy = framed(240, 100)
    noisy[0:5] += 11  # within 5 % of 255
    assert trim(noisy).shape == (20, 30, 3)
    one_corner = framed(250, 100)
    one_corner[0, 0] = 0
    assert trim(one_corner).shape == (30, 35, 3)


def test_trim_leaves_a_plain_picture() -> None:
    assert trim(framed(250, 245)).shape == (50, 40, 3)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((280, 140), (28, 14)), ((10, 400), (1, 28)), ((7, 14), (14, 28)), ((28, 28), (28, 28))],
)
def test_resize_brings_the_longest_edge_to_28(
    shape: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert resize(np.zeros((*shape, 3), dtype=np.uint8)).shape == (*expected, 3)
    assert resize(np.zeros(shape, dtype=np.uint8)).shape == expected


def test_resize_averages() -> None:
    chequered = np.indices((280, 280)).sum(axis=0) % 2 * 255
    assert np.abs(resize(chequered.astype(np.uint8)).astype(int) - 128).max() <= 1


def test_sharpen_around_one_bright_pixel() -> None:
    # By hand: weights 1.661 in the centre, -0.103 beside it, -0.062 across the corner.
    picture = np.full((5, 5), 100, dtype=np.uint8)
    picture[2, 2] = 150
    sharpened = sharpen(picture)
    assert sharpened[2, 2] == 183
    assert sharpened[2, 1] == 95
    assert sharpened[1, 1] == 97
    assert sharpened[0, 0] == 100


def test_sharpen_leaves_plain_areas_and_reaches_the_edge() -> None:
    plain = np.full((6, 7, 3), 77, dtype=np.uint8)
    assert (sharpen(plain) == plain).all()
    step = np.repeat([[100, 100, 150, 150]], 4, axis=0).astype(np.uint8)
    assert (sharpen(step)[0] == sharpen(step)[2]).all()


def test_extend_centres() -> None:
    square = extend(np.zeros((28, 10), dtype=np.uint8))
    assert square.shape == (28, 28)
    assert np.flatnonzero(square[0] == 0).tolist() == list(range(9, 19))
    assert extend(np.zeros((4, 28, 3), dtype=np.uint8), fill=9)[0, 0].tolist() == [9, 9, 9]


def test_negate_and_gray() -> None:
    assert negate(np.array([[0, 5, 255]], dtype=np.uint8)).tolist() == [[255, 250, 0]]
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]]], dtype=np.uint8)
    assert gray(colours).tolist() == [[76, 150, 29]]
