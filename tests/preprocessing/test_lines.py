"""Lines of a pen: what is drawn, and what a link brings back."""

import base64
import json
import zlib

import numpy as np
import pytest

from fmnist.preprocessing import InputError
from fmnist.preprocessing.lines import Line, draw_lines, read_lines, write_lines

SIDE = 320
ACROSS = Line(np.array([[40.0, 160.0], [280.0, 160.0]]), 16)


def _circle() -> Line:
    angle = np.linspace(0, 2 * np.pi, 200)
    return Line(160 + 100 * np.stack([np.cos(angle), np.sin(angle)], axis=1), 8)


def _link(rows: object) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(rows).encode())).decode()


def test_an_eraser_takes_away_what_was_drawn_before_and_not_after() -> None:
    rub = Line(np.array([[160.0, 100.0], [160.0, 220.0]]), 32, erases=True)
    assert draw_lines([ACROSS], SIDE)[160, 160] == 255
    assert draw_lines([ACROSS, rub], SIDE)[160, 160] == 0
    assert draw_lines([ACROSS, rub], SIDE)[160, 60] == 255
    assert draw_lines([rub, ACROSS], SIDE)[160, 160] == 255


def test_a_link_brings_the_same_drawing_back() -> None:
    lines = [_circle(), ACROSS, Line(np.array([[50.0, 60.0]]), 32, erases=True)]
    back = read_lines(write_lines(lines))
    assert [(line.width, line.erases) for line in back] == [(8, False), (16, False), (32, True)]
    drawn, again = (draw_lines(each, SIDE) > 127 for each in (lines, back))
    assert drawn.mean() > 0.05
    assert (drawn != again).mean() < 0.005
    assert np.array_equal(back[1].places, ACROSS.places)


def test_a_line_that_ends_where_it_began_comes_back_whole() -> None:
    corners = np.array([[60, 60], [260, 60], [260, 260], [60, 260], [60, 60]], float)
    (back,) = read_lines(write_lines([Line(corners, 16)]))
    assert np.array_equal(back.places, corners)


def test_a_link_is_short() -> None:
    assert len(write_lines([_circle()] * 10)) < 600


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "ä",
        _link({"rows": 1}),
        _link([[16, 0]]),
        _link([[16, 0, 1]]),
        _link([[16, 0, "a", 2]]),
        _link([[0, 0, 1, 2]]),
        _link([[65, 0, 1, 2]]),
        _link([[16, 0, 10_001, 2]]),
        _link([[16, 0, float("nan"), 2]]),
        _link([[16, 0, *(2 * [1] * 2_600)]] * 2),
        _link([[16, 0, *(300_000 * [1])]]),
        write_lines([ACROSS])[:-4],
    ],
)
def test_what_is_no_drawing_gets_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match="does not hold a drawing"):
        read_lines(text)


def test_no_lines_are_no_drawing_and_no_error() -> None:
    assert read_lines(write_lines([])) == []
