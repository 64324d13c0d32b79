"""Marks on the canvas, there and back."""

import itertools
from typing import Any

import numpy as np
import pytest

from fmnist.preprocessing import Edits, InputError, Mark
from fmnist.ui.photo.canvas_objects import INKS, MAX_MARKS, MAX_POINTS, read_objects, write_objects

SIZE = 240, 320
EVERY_WAY = [Edits(turns=t, mirrored=m) for t, m in itertools.product(range(4), (False, True))]


def stroke(**changes: object) -> dict[str, Any]:
    """As Fabric 7.4 writes a stroke from (60, 80) to (120, 160) and back to (60, 160)."""
    path = [["M", 60, 80], ["Q", 99, 99, 120, 160], ["L", 60, 160]]
    place = {"left": 90, "top": 120, "originX": "center", "originY": "center"}
    look = {"type": "Path", "stroke": INKS["garment"], "strokeWidth": 32, "fill": None}
    return {**look, **place, "path": path, "scaleX": 1, "scaleY": 1, "angle": 0, **changes}


def box(**changes: object) -> dict[str, Any]:
    place = {"left": 24, "top": 32, "width": 120, "height": 160, "originX": "left"}
    return {"type": "Rect", "stroke": INKS["box"], "strokeWidth": 2, **place, **changes}


def points(thing: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    (mark,) = read_objects([thing], SIZE, Edits())
    return mark.points


def test_a_stroke_is_read_in_shares_of_the_photo() -> None:
    (mark,) = read_objects([stroke()], SIZE, Edits())
    start, _, corner, end = mark.points  # and the middle of the curve
    assert Mark(mark.kind, (start, corner, end), mark.width) == Mark(
        "garment", ((0.25, 0.25), (0.5, 0.5), (0.25, 0.5)), 0.1
    )


def test_the_colour_tells_what_is_meant() -> None:
    (mark,) = read_objects([stroke(stroke=INKS["ground"])], SIZE, Edits())
    assert mark.kind == "ground"


def test_a_box_is_read() -> None:
    (mark,) = read_objects([box()], SIZE, Edits())
    assert mark.kind == "box"
    assert mark.points == ((0.1, 0.1), (0.6, 0.6))


def test_a_click_is_no_box() -> None:
    assert read_objects([box(width=4, height=4)], SIZE, Edits()) == ()


def test_what_was_moved_on_the_canvas_is_where_it_is_seen() -> None:
    start, _, *rest = points(stroke(left=102, top=152))
    assert (start, *rest) == ((0.3, 0.35), (0.55, 0.6), (0.3, 0.6))
    assert points(stroke(scaleX=2))[0] == (30 / 240, 0.25)
    assert points(stroke(angle=90, left=86))[0] == (126 / 240, 0.2812)
    assert points(box(scaleX=0.5))[1] == (84 / 240, 0.6)


@pytest.mark.parametrize("edits", EVERY_WAY)
def test_there_and_back(edits: Edits) -> None:
    size = SIZE if edits.turns % 2 == 0 else SIZE[::-1]
    marks = (
        Mark("garment", ((0.25, 0.25), (0.5, 0.5), (0.25, 0.5)), 0.1),
        Mark("ground", ((0.75, 0.125),), 0.05),
        Mark("box", ((0.1, 0.2), (0.6, 0.7))),
    )
    again = read_objects(write_objects(marks, size, edits), size, edits)
    assert [mark.kind for mark in again] == [mark.kind for mark in marks]
    for mark, before in zip(again[:2], marks[:2], strict=True):
        assert mark.width == pytest.approx(before.width)
        np.testing.assert_allclose(mark.points, before.points, atol=1e-4)
    # Turned, its corners are other ones.
    np.testing.assert_allclose(np.sort(again[2].points, axis=0), marks[2].points, atol=1e-4)


@pytest.mark.parametrize(
    "objects",
    [
        None,
        7,
        "path",
        {"objects": []},
        [None],
        [[]],
        ["path"],
        [{}],
        [{"type": "Path", "stroke": "black", "path": []}],
        [stroke(stroke=[])],
        [stroke(path=None)],
        [stroke(path=[])],
        [stroke(path=[[]])],
        [stroke(path=[["M", 1]])],
        [stroke(path=[["M", "1", "2"]])],
        [stroke(path=[["M", float("nan"), 2]])],
        [stroke(path=[["M", 1e300, 2]])],
        [stroke(path=[["M", 1, 2], 3])],
        [stroke(path=[{"M": 1}])],
        [stroke(strokeWidth=None)],
        [stroke(left="here")],
        [stroke(angle=float("inf"))],
        [box(width=None)],
        [box(scaleX=10**400)],
    ],
)
def test_anything_else_is_a_sentence(objects: object) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_objects(objects, SIZE, Edits())


@pytest.mark.parametrize("edits", EVERY_WAY)
def test_a_mark_that_was_read_stays_what_it_is(edits: Edits) -> None:
    size = SIZE if edits.turns % 2 == 0 else SIZE[::-1]
    path = [["M", 33.333, 77.77], ["Q", 41, 80, 100 / 7, 200 / 3], ["L", 12.3456, 222.2222]]
    marks = read_objects([stroke(path=path, strokeWidth=24)], size, edits)
    for _ in range(3):
        assert read_objects(write_objects(marks, size, edits), size, edits) == marks


def test_large_numbers_become_hints_all_the_same() -> None:
    huge = stroke(scaleX=1e4, scaleY=-1e4, left=1e4, top=-1e4, strokeWidth=1e4)
    marks = read_objects([huge, box(left=-1e4, width=1e4, scaleX=1e4)], (24, 320), Edits())
    hints = Edits(marks).hints((512, 2))
    assert hints is not None
    assert hints.shape == (512, 2)


def test_too_much_is_a_sentence() -> None:
    with pytest.raises(InputError, match="At most 200"):
        read_objects([stroke()] * (MAX_MARKS + 1), SIZE, Edits())
    with pytest.raises(InputError, match="At most 200"):
        read_objects([stroke(path=[["M", 1, 2]] * (MAX_POINTS + 1))], SIZE, Edits())
