"""Filling the outline of a garment."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fmnist.preprocessing.outline import CLOTH, LINE, fill_outline

SHIRT = [(70, 10), (130, 10), (190, 60), (160, 80), (150, 60), (150, 190)]
SHIRT += [(50, 190), (50, 60), (40, 80), (10, 60), (70, 10)]


def draw(*lines: list[tuple[int, int]], width: int = 8) -> np.ndarray:
    picture = Image.new("L", (201, 201))
    for line in lines:
        ImageDraw.Draw(picture).line(line, fill=255, width=width, joint="curve")
    return np.asarray(picture)


def test_closed_outline_becomes_cloth() -> None:
    filled = fill_outline(draw(SHIRT))
    assert filled[120, 100] == filled[60, 30] == CLOTH
    assert filled[150, 15] == filled[5, 5] == 0
    assert (filled == LINE).sum() < 0.01 * (filled == CLOTH).sum()


@pytest.mark.parametrize("gap", [4, 10, 16])
def test_gaps_are_closed(gap: int) -> None:
    ink = draw(SHIRT).copy()
    ink[190 - 8 : 201, 90 : 90 + gap] = 0
    ink[100 : 100 + gap, 140:160] = 0
    filled = fill_outline(ink)
    assert filled[120, 100] == CLOTH
    assert filled[150, 15] == 0


def test_open_side_is_bridged() -> None:
    trousers = [(40, 10), (40, 190), (80, 190), (100, 60), (120, 190), (160, 190), (160, 10)]
    filled = fill_outline(draw(trousers))
    assert filled[30, 100] == filled[150, 55] == CLOTH
    assert filled[180, 100] == 0


def test_lines_within_are_kept() -> None:
    filled = fill_outline(draw(SHIRT, [(100, 60), (100, 150)], [(70, 100), (85, 100)]))
    assert filled[100, 100] == filled[100, 78] == LINE
    assert filled[100, 120] == CLOTH


def test_what_encloses_nothing_stays() -> None:
    line = draw([(10, 10), (190, 12)])
    assert (fill_outline(line) == line).all()
    blob = np.full((40, 30), 255, dtype=np.uint8)
    assert (fill_outline(blob) == blob).all()
    assert (fill_outline(blob // 9) == blob // 9).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (3, 3), (200, 2)])
def test_tiny_drawings(shape: tuple[int, int]) -> None:
    ink = np.full(shape, 255, dtype=np.uint8)
    assert fill_outline(ink).shape == shape
