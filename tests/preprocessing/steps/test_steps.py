"""What holds for every step, and what each one does."""

import numpy as np
import pytest

from fmnist.preprocessing.picture import on_white
from fmnist.preprocessing.steps.fashion_mnist import (
    extend,
    gray,
    negate,
    resize,
    sharpen,
    trim,
)
from fmnist.preprocessing.steps.garment import narrow, shade, straighten
from tests.preprocessing.pictures import shirt


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


def cut_out(
    garment: str = "#203050", angle: float = 0, size: tuple[int, int] = (300, 400)
) -> np.ndarray:
    """The plain shirt, cut out exactly, and turned anticlockwise."""
    alpha = np.asarray(shirt("white", "black", size).convert("L").rotate(angle))
    return np.dstack([np.asarray(shirt(garment, size=size).rotate(angle)), alpha])


@pytest.mark.parametrize("angle", [-36, -20, 12, 28, 40])
def test_straighten_undoes_a_turn(angle: int) -> None:
    upright, turned = trim(cut_out()), trim(straighten(cut_out(angle=angle)))
    assert np.abs(np.subtract(turned.shape, upright.shape)).max() <= 12
    assert abs(turned[..., 3].sum() / upright[..., 3].sum() - 1) < 0.05


def test_straighten_leaves_what_is_upright_or_no_shirt() -> None:
    assert (straighten(cut_out()) == cut_out()).all()
    shoe = np.zeros((60, 120, 4), dtype=np.uint8)
    shoe[30:, :, 3] = 255
    shoe[:30, 80:, 3] = 255
    assert (straighten(shoe) == shoe).all()
    nothing = np.zeros((9, 9, 4), dtype=np.uint8)
    assert (straighten(nothing) == nothing).all()


def test_narrow_brings_clothes_to_the_width_they_are_worn() -> None:
    flat = np.full((100, 60, 4), 255, dtype=np.uint8)
    assert narrow(flat).shape == (100, 45, 4)
    spread = np.zeros((100, 160, 4), dtype=np.uint8)  # a sweater with its sleeves spread out
    spread[:30, :, 3] = 255
    spread[30:, 50:110, 3] = 255
    assert narrow(spread).shape == (100, 80, 4)
    shoe = np.zeros((60, 120, 4), dtype=np.uint8)
    shoe[40:, :, 3] = 255
    shoe[:40, 80:, 3] = 255
    assert (narrow(shoe) == shoe).all()


def test_shade_keeps_white_visible_and_dark_as_it_is() -> None:
    white, dark = trim(cut_out("#fafafa")), trim(cut_out("#203050"))
    assert shade(white)[50, 100, :3].max() == 200
    assert (shade(white)[..., 3] == white[..., 3]).all()
    assert (shade(dark) == dark).all()


def test_ground_is_white_under_what_is_transparent() -> None:
    laid = on_white(cut_out())
    assert laid.shape == (400, 300, 3)
    assert laid[0, 0].tolist() == [255, 255, 255]
    assert laid[200, 150].tolist() == [0x20, 0x30, 0x50]


def test_trim_cuts_to_what_is_opaque() -> None:
    part = np.zeros((50, 40, 4), dtype=np.uint8)
    part[10:30, 5:35, 3] = 255
    assert trim(part).shape == (20, 30, 4)
    assert trim(part * 0).shape == (50, 40, 4)
