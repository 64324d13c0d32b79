"""Simple pictures that the tests of this folder share."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

RED, BLUE = (200, 30, 40), (20, 40, 190)


def encode(picture: Image.Image, file_format: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()


def heic(picture: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    pytest.importorskip("pillow_heif").from_pillow(picture).save(buffer, **options)
    return buffer.getvalue()


def halves(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A picture that is red on its upper half and blue below."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (0, size[1] // 2, size[0], size[1]))
    return picture.convert(mode)


def shirt(
    garment: str | tuple[int, int, int] = "#203050",
    ground: str | tuple[int, int, int] = "#fdfdfd",
    size: tuple[int, int] = (300, 400),
) -> Image.Image:
    """A plain T-shirt on a plain ground, with room around it."""
    picture = Image.new("RGB", size, ground)
    x, y = size[0] / 100, size[1] / 100
    outline = [(35, 20), (65, 20), (85, 35), (78, 45), (68, 40), (68, 80)]
    outline += [(32, 80), (32, 40), (22, 45), (15, 35)]
    ImageDraw.Draw(picture).polygon([(a * x, b * y) for a, b in outline], fill=garment)
    return picture


def canvas(size: int = 280, colour: tuple[int, int, int] = (0, 0, 0)) -> np.ndarray:
    """What the drawing canvas sends: strokes on a transparent ground, off centre."""
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    outline = [(20, 30), (60, 20), (110, 30), (110, 150), (20, 150), (20, 30)]
    ImageDraw.Draw(picture).line(outline, fill=(*colour, 255), width=14, joint="curve")
    return np.asarray(picture)
