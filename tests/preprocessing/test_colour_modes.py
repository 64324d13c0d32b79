"""JPEG files of four channels that are no inks."""

import struct

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from fmnist.preprocessing.decode import decode, decode_rgba
from tests.preprocessing.pictures import encode, shirt


def without_adobe(jpeg: bytes) -> bytes:
    """Take Adobe's marker away: APP14, its length, its content."""
    start = jpeg.index(b"\xff\xee")
    (length,) = struct.unpack(">H", jpeg[start + 2 : start + 4])
    return jpeg[:start] + jpeg[start + 2 + length :]


def ycc_with_alpha(picture: Image.Image, alpha: Image.Image, subsampling: int) -> bytes:
    """What Java's ImageIO writes of a picture with alpha, by Pillow's writer of inks.

    Pillow inverts inks, as Adobe does, and stores the fourth channel as coarsely as colour.
    """
    channels = Image.merge("CMYK", [*picture.convert("YCbCr").split(), alpha])
    inverted = ImageChops.invert(channels)
    return without_adobe(encode(inverted, "JPEG", quality=95, subsampling=subsampling))


@pytest.mark.parametrize(
    ("subsampling", "opacity"), [(2, 255), (1, 255), (2, 128), (2, 0), (0, 255)]
)
@pytest.mark.parametrize("side", [1, 3])  # at 3 the file is larger than what is decoded
def test_a_constant_fourth_channel_is_no_ink(subsampling: int, opacity: int, side: int) -> None:
    size = 300 * side, 400 * side
    picture = shirt("#b03040", "#e0e4ff", size)
    data = ycc_with_alpha(picture, Image.new("L", size, opacity), subsampling)
    expected = decode(encode(picture))
    assert np.abs(decode(data).astype(int) - expected).mean() < 3


def test_a_fourth_channel_that_varies_is_transparency() -> None:
    picture = shirt("#b03040", "#202020")
    alpha = Image.new("L", picture.size, 0)
    ImageDraw.Draw(alpha).rectangle((0, 0, 300, 199), fill=255)
    rgba = decode_rgba(ycc_with_alpha(picture, alpha, 2))
    assert rgba[:190, :, 3].min() > 250
    assert rgba[210:, :, 3].max() < 5
    assert np.abs(rgba[100, 150].astype(int) - (0xB0, 0x30, 0x40, 255)).max() < 12


@pytest.mark.parametrize("key", [0, 90])
def test_inks_stay_inks(key: int) -> None:
    """Without a fourth ink, or with some of it everywhere, four inks are still four inks."""
    cyan, magenta, yellow, _ = shirt("#b03040").convert("CMYK").split()
    inks = Image.merge("CMYK", [cyan, magenta, yellow, Image.new("L", cyan.size, key)])
    data = without_adobe(encode(ImageChops.invert(inks), "JPEG", quality=95, subsampling=0))
    assert np.abs(decode(data).astype(int) - np.asarray(inks.convert("RGB"))).mean() < 4
