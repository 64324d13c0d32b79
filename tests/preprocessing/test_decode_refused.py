"""What is refused: bombs, cut and spoilt files, and what is no image."""

import importlib
import struct
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image, ImageFile

from fmnist.preprocessing import InputError, decode
from tests.preprocessing.pictures import encode, halves, heic

decoding = importlib.import_module("fmnist.preprocessing.decode")


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG header with a size that its few bytes of content do not have."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8300, 9800, 13300, 60000])
def test_bombs_are_refused_before_they_are_decoded(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError, match=r"“bomb\.png” has too many pixels.*megapixels"):
            decode(png_that_claims(side, side), "bomb.png")


def test_a_bomb_of_thirty_bytes_is_refused_by_the_limit_of_its_format() -> None:
    webp = bytearray(encode(Image.new("RGB", (8, 8)), "WEBP", lossless=True))
    assert len(webp) < 40
    # After the mark 2f, one less than the width and the height, in 14 bits each.
    webp[21:25] = struct.pack("<I", 8191 | 8191 << 14)
    with pytest.raises(InputError, match=r"\(8192 × 8192\): at most 25 megapixels .* of WebP"):
        decode(bytes(webp), "bomb.webp")


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 1000)
    with pytest.raises(InputError, match="at most 0 MB"):
        decode(bytes(1001))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.7])
def test_truncated(file_format: str, part: float) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (90, 90, 3), dtype=np.uint8)
    data = encode(Image.fromarray(noise), file_format)
    with pytest.raises(InputError, match=r"“half\.dat” is"):
        decode(data[: int(len(data) * part)], "half.dat")


def test_truncated_heic() -> None:
    data = heic(halves())
    for part in (0.3, 0.6, 0.9):
        with pytest.raises(InputError):
            decode(data[: int(len(data) * part)])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"just words",
        b"%PDF-1.7 and so on",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        bytes(5000),
        b"P6 2 2 255 " + bytes(12),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"II*\0" + b"\xff" * 100,
        b"\0\0\0\x18ftypheic" + bytes(100),
    ],
)
def test_what_is_no_image(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError, match=r"“notes\.jpg” is") as caught:
            decode(data, "notes.jpg")
    assert len(str(caught.value)) > 40


def test_damage_anywhere_is_a_sentence_or_a_picture() -> None:
    generator = np.random.default_rng(1)
    pictures = [encode(halves(), name) for name in ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")]
    for data in pictures:
        for _ in range(40):
            spoilt = bytearray(data)
            for place in generator.integers(0, min(len(data), 600), 4):
                spoilt[place] = generator.integers(0, 256)
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                try:
                    assert decode(bytes(spoilt)).dtype == np.uint8
                except InputError as error:
                    assert str(error)
