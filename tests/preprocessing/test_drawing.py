"""From a drawing to 28×28."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fmnist.preprocessing import READERS, InputError, drawing_to_image, drawing_to_raw_image
from tests.preprocessing.pictures import canvas, encode


def must(drawing: np.ndarray) -> np.ndarray:
    image = drawing_to_image(drawing)
    assert image is not None
    assert image.dtype == np.uint8
    assert image.shape == (28, 28)
    return image


@pytest.mark.parametrize("shape", [(280, 280, 4), (280, 280, 3), (280, 280), (1, 1, 4)])
@pytest.mark.parametrize("value", [0, 255])
def test_blank_is_no_image(shape: tuple[int, ...], value: int) -> None:
    assert drawing_to_image(np.full(shape, value, dtype=np.uint8)) is None


def test_colour_of_the_strokes_does_not_matter() -> None:
    black = must(canvas())
    for colour in [(255, 255, 255), (255, 230, 0), (10, 90, 200)]:
        assert (must(canvas(colour=colour)) == black).all()


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("black", "white"),
        ("white", "black"),
        ("yellow", "white"),
        ("navy", "gray"),
        ("red", "blue"),
    ],
)
def test_opaque_drawing_in_any_two_colours(ink: str, ground: str) -> None:
    strokes = Image.fromarray(canvas()[..., 3])
    drawing = Image.new("RGB", strokes.size, ground)
    drawing.paste(ink, (0, 0), strokes)
    expected = must(canvas()).astype(int)
    assert np.abs(must(np.asarray(drawing)).astype(int) - expected).max() <= 3
    if {ink, ground} == {"black", "white"}:
        assert np.abs(must(np.asarray(drawing.convert("L"))).astype(int) - expected).max() <= 3


def test_place_and_size_on_the_canvas_do_not_matter() -> None:
    drawn = canvas()
    expected = must(drawn).astype(int)
    assert (must(np.roll(drawn, (90, 120), axis=(0, 1))) == expected).all()
    larger = np.asarray(Image.fromarray(drawn).resize((560, 560)))
    assert np.abs(must(larger).astype(int) - expected).mean() < 6


def test_drawing_is_centred_and_fills_the_image() -> None:
    image = must(canvas())
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert (rows[0], rows[-1]) == (0, 27)
    assert abs(columns[0] - (27 - columns[-1])) <= 1


def test_a_single_dot_is_a_drawing() -> None:
    picture = Image.new("RGBA", (280, 280))
    ImageDraw.Draw(picture).ellipse((100, 40, 108, 48), fill="black")
    assert must(np.asarray(picture)).max() > 100


def test_outline_is_filled() -> None:
    assert must(canvas())[10:20, 10:18].min() > 100


def test_raw_keeps_place_size_and_outline() -> None:
    raw = drawing_to_raw_image(canvas())
    assert raw is not None
    assert raw.shape == (28, 28)
    assert raw[3:15, 2].min() > 100
    assert raw[7:12, 5:9].max() == 0
    assert raw[20:].max() == 0
    assert drawing_to_raw_image(np.zeros((280, 280, 4), dtype=np.uint8)) is None


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_file(file_format: str) -> None:
    strokes = Image.fromarray(255 - canvas()[..., 3])
    image = READERS["drawing"](encode(strokes, file_format), "pullover").image
    assert np.abs(image.astype(int) - must(canvas())).mean() < 6


def test_blank_file_is_a_sentence() -> None:
    with pytest.raises(InputError, match=r"“empty\.png” is blank"):
        READERS["drawing"](encode(Image.new("RGB", (99, 99), "white")), "empty.png")
