"""Finding a digit on paper."""

import numpy as np
import pytest

from fmnist.preprocessing.segmentation import DOUBTFUL, GARMENT, GROUND
from fmnist.preprocessing.segmentation.handwriting import segment_handwriting
from tests.preprocessing.sheets import photographed, seven

EXACT = seven()[..., 3] > 127


def overlap(mask: np.ndarray, exact: np.ndarray = EXACT) -> float:
    return float(((mask > 127) & exact).sum() / ((mask > 127) | exact).sum())


@pytest.mark.parametrize("light", ["even", "slanting", "shadow"])
@pytest.mark.parametrize("ruled", [False, True], ids=["plain", "ruled"])
@pytest.mark.parametrize("ink", [(40, 50, 110), (150, 40, 40), (120, 120, 122)])
def test_ink_is_found_in_any_light(light: str, ruled: bool, ink: tuple[int, int, int]) -> None:
    photo = photographed(seven(), ink=ink, light=light, ruled=ruled)
    found = segment_handwriting(photo)
    assert overlap(found.mask) > 0.85
    assert found.left_out == 0
    assert found.confidence > DOUBTFUL


@pytest.mark.parametrize("light", ["even", "slanting", "shadow"])
def test_chalk_on_a_board(light: str) -> None:
    photo = photographed(seven(), paper=(50, 66, 60), ink=(225, 228, 220), light=light)
    assert overlap(segment_handwriting(photo).mask) > 0.85


@pytest.mark.parametrize("pen", [6, 24])
def test_a_ballpoint_and_a_marker(pen: int) -> None:
    drawing = seven(pen=pen)
    assert overlap(segment_handwriting(photographed(drawing)).mask, drawing[..., 3] > 127) > 0.8


@pytest.mark.parametrize("light", ["even", "slanting", "shadow"])
def test_a_blank_sheet_holds_nothing(light: str) -> None:
    found = segment_handwriting(photographed(seven() * 0, light=light))
    assert found.mask.max() == 0
    assert found.confidence == 0


def test_a_speck_of_dust_is_no_digit() -> None:
    photo = photographed(seven() * 0)
    photo[100:103, 250:253] = 120
    assert segment_handwriting(photo).mask.max() == 0


def test_the_edge_of_the_table_is_no_digit() -> None:
    photo = photographed(seven())
    photo[:, 290:] = (80, 50, 30)
    assert overlap(segment_handwriting(photo).mask) > 0.85


def test_a_digit_that_reaches_the_border_is_found() -> None:
    drawing = seven(box=(100, 190, 160))
    photo = photographed(drawing)
    photo[100:103, 250:253] = 120  # a speck of dust
    assert overlap(segment_handwriting(photo).mask, drawing[..., 3] > 127) > 0.85


def test_of_two_digits_the_larger_is_taken_and_the_other_counted() -> None:
    larger, smaller = seven(box=(60, 80, 160), pen=12), seven(box=(210, 130, 90), pen=12)
    photo = photographed(np.maximum(larger, smaller))
    found = segment_handwriting(photo)
    assert overlap(found.mask, larger[..., 3] > 127) > 0.85
    assert found.left_out == 1


def test_what_is_painted_decides() -> None:
    larger, smaller = seven(box=(60, 80, 160), pen=12), seven(box=(210, 130, 90), pen=12)
    photo = photographed(np.maximum(larger, smaller))
    hints = np.zeros(photo.shape[:2], np.uint8)
    hints[130:220, 210:280] = GARMENT
    assert overlap(segment_handwriting(photo, hints).mask, smaller[..., 3] > 127) > 0.8
    hints = np.where(larger[..., 3] > 0, GROUND, 0).astype(np.uint8)
    assert overlap(segment_handwriting(photo, hints).mask, smaller[..., 3] > 127) > 0.8
    hints[:] = GROUND
    assert segment_handwriting(photo, hints).mask.max() == 0


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 2), (9, 13), (28, 28)])
@pytest.mark.parametrize("kind", ["noise", "black", "white"])
def test_any_picture_is_looked_through(shape: tuple[int, int], kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    picture = {"noise": noise, "black": noise * 0, "white": noise * 0 + 255}[kind]
    found = segment_handwriting(picture)
    assert found.mask.shape == shape
    assert found.mask.dtype == np.uint8
    assert 0 <= found.confidence <= 1
