"""Photos made different in all that says nothing of what they show."""

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.training.augmentation import photos
from fmnist.training.augmentation.photos import augment, blank
from fmnist.training.photos.frames import Frame

SIDE = 64


@pytest.fixture
def frame() -> Frame:
    """A dark garment on light ground, of which the frame has a photo's half around it."""
    pixels = np.full((112, 224, 3), 250, np.uint8)
    pixels[20:90, 80:140] = (20, 40, 90)
    return Frame(pixels, (0, 0, 112, 224))


def seeded(number: int) -> np.random.Generator:
    return np.random.default_rng(number)


def test_what_becomes_of_a_photo_depends_on_the_generator_alone(frame: Frame) -> None:
    before = frame.pixels.copy()
    made = [augment(frame, SIDE, seeded(number)) for number in range(40)]
    for number, square in enumerate(made):
        assert (square.shape, square.dtype) == ((SIDE, SIDE, 3), np.uint8)
        np.testing.assert_array_equal(square, augment(frame, SIDE, seeded(number)))
    assert len({square.tobytes() for square in made}) == 40
    np.testing.assert_array_equal(frame.pixels, before)


def test_the_garment_stays_in_the_picture(frame: Frame) -> None:
    dark = [(augment(frame, SIDE, seeded(n)).mean(axis=2) < 110).mean() for n in range(60)]
    # It is 70 by 60 of 224 by 224; light and shadow, frames and erased parts change a few.
    assert 0.04 < np.median(dark) < 0.2
    assert np.mean([share > 0.02 for share in dark]) > 0.9


def test_of_a_part_its_surroundings_are_cut_away() -> None:
    pixels = np.full((200, 200, 3), (0, 250, 0), np.uint8)
    pixels[80:120, 80:120] = (250, 0, 0)
    part = Frame(pixels, (80, 80, 120, 120))
    made = [augment(part, SIDE, seeded(number)).astype(int) for number in range(40)]
    red = [(square[..., 0] > square[..., 1] + 60).mean() for square in made]
    assert np.median(red) > 0.25, "of the whole photo it is a twenty-fifth"


def test_another_ground_is_put_behind_what_stands_on_white_alone() -> None:
    white = np.full((60, 60, 3), 255, np.uint8)
    white[20:40, 20:40] = 30
    ground = np.full((10, 10, 3), (0, 200, 0), np.uint8)
    made = [photos._regrounded(white, seeded(number), ground) for number in range(20)]
    assert any((square[2, 2] == (0, 200, 0)).all() for square in made)
    assert any((square[2, 2] != (0, 200, 0)).any() for square in made), "a colour"
    assert all((square[30, 30] == 30).all() for square in made)
    brown = np.where(white == 255, np.uint8(120), white)
    assert photos._regrounded(brown, seeded(0), ground) is brown
    assert (photos._regrounded(white, seeded(0), None)[30, 30] == 30).all()


def test_around_a_photo_there_is_mostly_the_colour_of_its_border() -> None:
    pixels = np.full((40, 20, 3), (10, 120, 240), np.uint8)
    chosen = [photos._filling(pixels, seeded(number)) for number in range(200)]
    own = [filling == (cv2.BORDER_CONSTANT, (10, 120, 240)) for filling in chosen]
    assert 0.4 < np.mean(own) < 0.6
    assert len(set(chosen)) > 10


Change = Callable[[NDArray[np.uint8], np.random.Generator], NDArray[np.uint8]]


@pytest.mark.parametrize("change", [change for change, _ in photos._CHANGES])
def test_a_change_changes_a_square_and_leaves_the_given_one(change: Change) -> None:
    square = seeded(0).integers(0, 256, (160, 160, 3)).astype(np.uint8)
    square = np.asarray(cv2.GaussianBlur(square, (0, 0), 2), dtype=np.uint8)
    before = square.copy()
    made = [change(square, seeded(number)) for number in range(10)]
    np.testing.assert_array_equal(square, before)
    for changed in made:
        assert (changed.shape, changed.dtype) == (square.shape, np.uint8)
        assert (changed != square).any()
    assert len({changed.tobytes() for changed in made}) > 5


def test_what_is_covered_is_a_rectangle_of_at_most_a_fifth() -> None:
    square = np.full((SIDE, SIDE, 3), 44, np.uint8)
    covered = partial(photos._erased, square)
    shares = [(covered(seeded(number)) != square).any(axis=2).mean() for number in range(50)]
    assert min(shares) > 0.01 and max(shares) < 0.22


def test_what_shows_nothing_is_a_colour_or_stains() -> None:
    made = [blank(SIDE, seeded(number)) for number in range(40)]
    assert all(square.shape == (SIDE, SIDE, 3) and square.dtype == np.uint8 for square in made)
    colours = [len(np.unique(square.reshape(-1, 3), axis=0)) for square in made]
    assert min(colours) == 1 and max(colours) > 1000
