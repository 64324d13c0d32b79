"""SVG bodies, typed here, as lines."""

import numpy as np
import pytest

from fmnist.training.synthetic.pen import sketch
from fmnist.training.synthetic.svg import read_lines

PEN = 'fill="none" stroke="currentColor"'
SQUARE = np.array([[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75], [0.25, 0.25]])


@pytest.mark.parametrize(
    "body",
    [
        f'<path {PEN} d="M6 6h12v12h-12z"/>',
        f'<path {PEN} d="M6 6L18 6L18 18L6 18L6 6"/>',
        f'<path {PEN} d="M6 6h6h6v12h-12z"/>',  # through a place where it does not bend
        f'<rect {PEN} x="6" y="6" width="12" height="12"/>',
        f'<g {PEN}><path d="M6 6h12v12h-12z"/></g>',
        f'<g transform="translate(6 6)"><path {PEN} d="M0 0h12v12h-12z"/></g>',
        f'<defs><path id="a" d="M6 6h12v12h-12z"/></defs><use {PEN} href="#a"/>',
        f'<rect {PEN} x="6" y="6" width="12" height="12" transform="rotate(90 12 12)"/>',
        '<path fill="red" stroke="#123" d="M6 6h12v12h-12z"/>',
    ],
)
def test_a_square_is_four_corners_and_back_however_it_is_written(body: str) -> None:
    (line,) = read_lines(body, 24, 24)
    assert len(line) == 5
    assert np.array_equal(line[0], line[-1]), "the pen knows by that that it is closed"
    start = int(np.hypot(*(line - SQUARE[0]).T).argmin())
    np.testing.assert_allclose(np.roll(line[:-1], -start, axis=0), SQUARE[:-1], atol=1e-6)


@pytest.mark.parametrize(
    "body",
    [
        f'<circle {PEN} cx="12" cy="12" r="9"/>',
        f'<path {PEN} d="M3 12a9 9 0 0 1 18 0a9 9 0 0 1-18 0"/>',
        f'<ellipse {PEN} cx="12" cy="12" rx="9" ry="9" transform="rotate(30 12 12)"/>',
    ],
)
def test_curves_are_followed_closely_with_few_places(body: str) -> None:
    (line,) = read_lines(body, 24, 24)
    assert 10 < len(line) < 40
    assert np.array_equal(line[0], line[-1])
    middles = np.concatenate([line, (line[1:] + line[:-1]) / 2])
    assert abs(np.hypot(*(middles - 0.5).T) - 9 / 24).max() < 0.01


def test_the_largest_line_comes_first_and_a_lifted_pen_begins_another() -> None:
    lines = read_lines(f'<path {PEN} d="M10 10l2 2M2 2h20v20M11 12h.01"/>', 24, 24)
    assert [len(line) for line in lines] == [3, 2, 2]
    np.testing.assert_allclose(lines[0] * 24, [[2, 2], [22, 2], [22, 22]], atol=1e-5)


def test_the_view_box_becomes_the_square() -> None:
    (line,) = read_lines(f'<path {PEN} d="M0 0h48v48"/>', 48, 48)
    np.testing.assert_allclose(line, [[0, 0], [1, 0], [1, 1]], atol=1e-6)


@pytest.mark.parametrize(
    "body",
    [
        '<path fill="currentColor" d="M2 2h20v20h-20z"/>',
        f'<path fill="currentColor" d="M2 2h20v20h-20z"/><path {PEN} d="M6 6h4v4z"/>',
        '<path fill="none" d="M2 2h20v20h-20z"/>',
        f'<path {PEN} d="M4 12h16"/>',
        "",
    ],
)
def test_what_is_filled_or_hardly_anything_is_no_line_drawing(body: str) -> None:
    assert read_lines(body, 24, 24) == []


def test_dots_are_drawn_by_their_edge() -> None:
    eye = '<circle fill="currentColor" cx="8" cy="10" r="1"/>'
    face, dot = read_lines(f'{eye}<circle {PEN} cx="12" cy="12" r="9"/>', 24, 24)
    np.testing.assert_allclose(dot.mean(axis=0) * 24, [8, 10], atol=0.3)
    assert np.ptp(face) > np.ptp(dot)


def test_dots_alone_can_be_sketched() -> None:
    lines = read_lines(f'<path {PEN} d="M5 12h.01M12 12h.01M19 12h.01"/>', 24, 24)
    image = sketch(lines, np.random.default_rng(0))
    assert image is not None
    assert image.max() > 100
