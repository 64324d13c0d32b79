import json
import math

import numpy as np
import pytest

from fmnist.preprocessing import InputError, drawing_to_image
from fmnist.preprocessing.strokes import draw_strokes, read_stroke_drawing, read_strokes

SQUARE = [[[40, 210, 210, 40, 40], [20, 20, 240, 240, 20]]]


def line(drawing: object) -> bytes:
    return json.dumps({"word": "pants", "drawing": drawing}).encode()


def ink(drawing: object) -> np.ndarray:
    return draw_strokes(read_strokes(line(drawing)))[..., 3] / 255


def test_the_canvas_is_what_the_page_sends() -> None:
    drawing = draw_strokes(read_strokes(line(SQUARE)))
    assert drawing.shape == (280, 280, 4)
    assert drawing.dtype == np.uint8
    assert drawing[..., :3].max() == 0


def test_a_line_is_14_wide_and_offset_by_12() -> None:
    alpha = ink([[[0, 255], [100, 100]]])
    assert alpha[:, 140].sum() == pytest.approx(14, abs=0.01)
    rows = np.arange(280) + 0.5
    assert alpha[:, 140] @ rows / alpha[:, 140].sum() == pytest.approx(112, abs=0.01)
    # 255 long, and round at both ends.
    assert alpha.sum() == pytest.approx(14 * 255 + math.pi * 49, rel=0.01)
    across = np.flatnonzero(alpha.any(axis=0))
    assert (across[0], across[-1] + 1) == (5, 274)


def test_a_slanting_line_is_as_wide() -> None:
    alpha = ink([[[50, 150], [50, 150]]])
    assert alpha.sum() == pytest.approx(14 * math.hypot(100, 100) + math.pi * 49, rel=0.02)


def test_a_dot_is_drawn() -> None:
    alpha = ink([[[88], [188]]])
    assert alpha.sum() == pytest.approx(math.pi * 49, rel=0.03)
    assert alpha[200, 100] == 1


def test_strokes_are_not_joined() -> None:
    alpha = ink([[[20, 60], [50, 50]], [[190, 230], [50, 50]]])
    assert alpha[62, 100:180].max() == 0
    assert alpha[62, [40, 220]].tolist() == [1, 1]


def test_a_line_of_a_file_becomes_what_the_page_makes_of_it() -> None:
    image = read_stroke_drawing(line(SQUARE), "pants, line 1").image
    assert image.shape == (28, 28)
    assert image[8:20, 10:18].min() > 100
    expected = drawing_to_image(draw_strokes(read_strokes(line(SQUARE))))
    np.testing.assert_array_equal(image, expected)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"not json",
        b"[" * 100_000,
        b"[]",
        b"{}",
        line(None),
        line(7),
        line([7]),
        line([[]]),
        line([[[1, 2]]]),
        line([[[1, 2], [3]]]),
        line([[[], []]]),
        line([[[1, "a"], [3, 4]]]),
        line([[[[1]], [[3]]]]),
        line([[[1, 256], [3, 4]]]),
        line([[[1, -1], [3, 4]]]),
        line([[[1, None], [3, 4]]]),
        line([[[1, math.nan], [3, 4]]]),
    ],
    ids=lambda data: repr(data[:60]),
)
def test_what_are_no_strokes_is_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match=r"“pants, line 3” is not a drawing in strokes"):
        read_strokes(data, "pants, line 3")


def test_a_blank_drawing_is_a_sentence() -> None:
    with pytest.raises(InputError, match=r"“pants, line 3” is blank"):
        read_strokes(line([]), "pants, line 3")
