"""What a person changes about a photo."""

import itertools

import numpy as np
import pytest

from fmnist.preprocessing import UNEDITED, Edits, Mark, preprocess_photo
from fmnist.preprocessing.segmentation import GARMENT, GROUND
from tests.preprocessing.pictures import shirt

PHOTO = np.asarray(shirt())
CORNERS = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
EVERY_WAY = [Edits(turns=t, mirrored=m) for t, m in itertools.product(range(4), (False, True))]


def test_rotating_turns_clockwise() -> None:
    assert (Edits().rotate().turn(CORNERS) == np.rot90(CORNERS, -1)).all()


@pytest.mark.parametrize("edits", EVERY_WAY)
def test_rotating_and_mirroring_start_from_what_is_seen(edits: Edits) -> None:
    seen = edits.turn(CORNERS)
    assert (edits.rotate().turn(CORNERS) == np.rot90(seen, -1)).all()
    assert (edits.mirror().turn(CORNERS) == seen[:, ::-1]).all()
    assert edits.rotate().rotate().rotate().rotate() == edits
    assert edits.mirror().mirror() == edits


@pytest.mark.parametrize("edits", EVERY_WAY)
def test_a_place_is_seen_where_the_picture_shows_it(edits: Edits) -> None:
    row, column = 1, 0
    x, y = edits.project(((column + 0.5) / 3, (row + 0.5) / 2))
    seen = edits.turn(CORNERS)
    assert (seen[int(y * seen.shape[0]), int(x * seen.shape[1])] == CORNERS[row, column]).all()
    assert edits.unproject((x, y)) == pytest.approx(((column + 0.5) / 3, (row + 0.5) / 2))


def test_no_marks_are_no_hints() -> None:
    assert UNEDITED.hints((4, 4)) is None


def test_paint_is_as_broad_as_the_brush_and_the_last_stroke_counts() -> None:
    strokes = (
        Mark("garment", ((0.1, 0.5), (0.9, 0.5)), 0.1),
        Mark("ground", ((0.5, 0.1), (0.5, 0.9)), 0.1),
    )
    hints = Edits(strokes).hints((100, 200))
    assert hints is not None
    assert hints[50, 40] == GARMENT
    assert hints[50, 100] == GROUND
    assert np.count_nonzero(hints[:, 40]) == pytest.approx(20, abs=2)


def test_a_touch_is_a_dot() -> None:
    hints = Edits((Mark("garment", ((0.5, 0.5),), 0.1),)).hints((100, 100))
    assert hints is not None
    assert hints[50, 50] == GARMENT
    assert 50 < np.count_nonzero(hints) < 150


def test_outside_the_last_box_is_ground_and_paint_lies_above_it() -> None:
    marks = (
        Mark("ground", ((0.5, 0.5),), 0.05),
        Mark("box", ((0.0, 0.0), (0.1, 0.1))),
        Mark("box", ((0.8, 0.9), (0.2, 0.1))),
    )
    hints = Edits(marks).hints((100, 100))
    assert hints is not None
    assert hints[5, 5] == hints[50, 10] == hints[95, 50] == hints[50, 50] == GROUND
    assert hints[30, 30] == hints[80, 70] == 0


def test_marks_far_outside_are_harmless() -> None:
    far = (Mark("box", ((-500.0, -500.0), (600.0, 600.0))), Mark("garment", ((-9e4, 9e4),), 1.0))
    assert not Edits(far).hints((40, 30)).any()  # type: ignore[union-attr]


def test_paint_changes_what_is_found_and_a_turn_turns_it() -> None:
    sleeves = Edits((Mark("ground", ((0.18, 0.36), (0.3, 0.36)), 0.2),))
    before, after = preprocess_photo(PHOTO), preprocess_photo(PHOTO, edits=sleeves)
    assert before.segmentation.mask[144, 66] == 255
    assert after.segmentation.mask[144, 66] == 0
    assert (after.model_inputs.image != before.model_inputs.image).any()
    turned = preprocess_photo(PHOTO, edits=sleeves.rotate())
    assert turned.segmentation.mask.shape == after.segmentation.mask.shape[::-1]
    upright = np.rot90(turned.segmentation.mask)
    assert (upright == after.segmentation.mask).mean() > 0.97, "as it is seen"
    assert turned.strip[0][1].shape == (300, 400, 3)
    assert turned.strip[1][1].shape == (300, 400, 4)


def test_inverting_exchanges_light_and_dark() -> None:
    dark = preprocess_photo(PHOTO).strip
    light = preprocess_photo(PHOTO, edits=UNEDITED.invert()).strip
    inside = dark[-1][1] > 128
    assert dark[-1][1][inside].mean() > 180
    assert light[-1][1][inside].mean() < 100
    assert light[-1][1][inside].min() > 20, "what is dark now must still be seen"
    assert (dark[0][1] == light[0][1]).all()


def test_a_photo_without_any_garment_is_blank() -> None:
    everything = Edits((Mark("ground", ((0.0, 0.5), (1.0, 0.5)), 1.0),))
    made = preprocess_photo(PHOTO, edits=everything)
    assert not made.segmentation.mask.any()
    assert not made.model_inputs.image.any()
