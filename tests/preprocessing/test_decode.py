"""Every format, with files made here by Pillow."""

import importlib
import struct
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageCms, ImageFile

from fmnist.preprocessing import InputError, decode
from tests.preprocessing.pictures import BLUE, RED, encode, halves, heic

decoding = importlib.import_module("fmnist.preprocessing.decode")


def oriented(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def assert_halves(picture: np.ndarray, tolerance: int = 30) -> None:
    assert picture.dtype == np.uint8
    height, width, channels = picture.shape
    assert (height, width, channels) == (40, 60, 3)
    assert np.abs(picture[:15].mean(axis=(0, 1)) - RED).max() < tolerance
    assert np.abs(picture[-15:].mean(axis=(0, 1)) - BLUE).max() < tolerance


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"])
def test_formats(file_format: str) -> None:
    assert_halves(decode(encode(halves(), file_format)))


def test_heic() -> None:
    assert_halves(decode(heic(halves())))


def test_heic_without_its_package_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    data = heic(halves())
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(InputError, match="pillow-heif"):
        decode(data)


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "TIFF"])
def test_first_of_several_frames(file_format: str) -> None:
    second = Image.new("RGB", (60, 40), "lime")
    data = encode(halves(), file_format, save_all=True, append_images=[second])
    assert_halves(decode(data))


def test_phone_jpeg_of_several_pictures() -> None:
    data = encode(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])
    assert_halves(decode(data))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIC"])
@pytest.mark.parametrize(
    ("orientation", "undo"),
    [
        (1, None),
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (4, Image.Transpose.FLIP_TOP_BOTTOM),
        (5, Image.Transpose.TRANSPOSE),
        (6, Image.Transpose.ROTATE_90),
        (7, Image.Transpose.TRANSVERSE),
        (8, Image.Transpose.ROTATE_270),
    ],
)
def test_exif_orientation(file_format: str, orientation: int, undo: Image.Transpose | None) -> None:
    lying = halves() if undo is None else halves().transpose(undo)
    exif = oriented(orientation)
    if file_format == "HEIC":
        data = heic(lying, exif=exif.tobytes())
    else:
        data = encode(lying, file_format, exif=exif)
    assert_halves(decode(data))


def test_spoilt_exif_is_ignored() -> None:
    assert_halves(decode(encode(halves(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01")))


def transparent(mode: str) -> Image.Image:
    """Black where it shows, and black too where it does not."""
    if mode == "P":
        picture = Image.new("P", (20, 20), 0)
        picture.putpalette([0, 0, 0, 0, 0, 0])
        picture.paste(1, (0, 0, 20, 10))
        picture.info["transparency"] = 0
        return picture
    picture = Image.new("LA" if mode == "LA" else "RGBA", (20, 20))
    picture.paste((0, 255) if mode == "LA" else (0, 0, 0, 255), (0, 0, 20, 10))
    return picture


@pytest.mark.parametrize(
    ("mode", "file_format"),
    [
        ("RGBA", "PNG"),
        ("RGBA", "WEBP"),
        ("RGBA", "TIFF"),
        ("LA", "PNG"),
        ("LA", "TIFF"),
        ("P", "PNG"),
        ("P", "GIF"),
    ],
)
def test_transparency_is_laid_on_white(mode: str, file_format: str) -> None:
    picture = decode(encode(transparent(mode), file_format, **({"lossless": True})))
    assert picture[:10].max() == 0
    assert picture[10:].min() == 255


@pytest.mark.parametrize(("mode", "key"), [("L", 7), ("RGB", (7, 7, 7)), ("1", 0)])
def test_transparent_colour_of_a_png(mode: str, key: object) -> None:
    picture = Image.new(mode, (20, 20), 1 if mode == "1" else "lime" if mode == "RGB" else 90)
    picture.paste(key, (0, 10, 20, 20))  # type: ignore[arg-type]
    assert decode(encode(picture, "PNG", transparency=key))[10:].min() == 255


def test_half_transparent() -> None:
    grey = decode(encode(Image.new("RGBA", (8, 8), (0, 0, 0, 128)), "PNG"))
    assert np.abs(grey.astype(int) - 127).max() <= 1


def test_cmyk_of_adobe_and_of_others() -> None:
    cmyk = halves("CMYK")
    adobe = encode(cmyk, "JPEG", quality=95)
    assert b"Adobe" in adobe
    assert_halves(decode(adobe))
    # Without the marker the inks are not inverted: the same picture is stored the other way round.
    other = encode(ImageChops.invert(cmyk), "JPEG", quality=95)
    start = other.index(b"\xff\xee")
    length = struct.unpack(">H", other[start + 2 : start + 4])[0]
    assert_halves(decode(other[:start] + other[start + 2 + length :]))


def test_cmyk_tiff() -> None:
    assert_halves(decode(encode(halves("CMYK"), "TIFF")))


@pytest.mark.parametrize("mode", ["YCbCr", "LAB"])
def test_other_colour_spaces(mode: str) -> None:
    if mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        picture = ImageCms.applyTransform(
            halves(), ImageCms.buildTransform(srgb, lab, "RGB", "LAB")
        )
        assert picture is not None
    else:
        picture = halves(mode)
    assert_halves(decode(encode(picture, "TIFF")))


def ramp(dtype: type, high: float) -> Image.Image:
    return Image.fromarray(np.tile(np.linspace(0, high, 256), (20, 1)).astype(dtype))


@pytest.mark.parametrize(
    ("dtype", "high", "file_format"),
    [
        (np.uint16, 65535, "PNG"),
        (np.uint16, 65535, "TIFF"),
        (np.int32, 65535, "TIFF"),
        (np.int32, 255, "TIFF"),
        (np.float32, 1.0, "TIFF"),
        (np.float32, 255, "TIFF"),
    ],
)
def test_deep_grey_is_scaled_and_not_clipped(dtype: type, high: float, file_format: str) -> None:
    picture = decode(encode(ramp(dtype, high), file_format))
    expected = np.broadcast_to(np.arange(256)[None, :, None], picture.shape)
    assert np.abs(picture.astype(int) - expected).max() <= 1


def test_deep_grey_tiff_where_white_is_zero() -> None:
    data = encode(ramp(np.uint16, 65535), "TIFF", tiffinfo={262: 0})
    picture = decode(data)
    assert picture[0, 0, 0] > 250
    assert picture[0, -1, 0] < 5


def test_deep_grey_with_negative_and_missing_values() -> None:
    numbers = np.tile(np.linspace(-1, 1, 256), (20, 1)).astype(np.float32)
    numbers[0, 0] = np.nan
    picture = decode(encode(Image.fromarray(numbers), "TIFF"))
    assert picture.min() == 0
    assert picture.max() == 255


@pytest.mark.parametrize("file_format", ["PNG", "BMP", "TIFF"])
def test_one_bit(file_format: str) -> None:
    picture = Image.new("1", (20, 20), 1)
    picture.paste(0, (0, 0, 20, 10))
    result = decode(encode(picture, file_format))
    assert result[:10].max() == 0
    assert result[10:].min() == 255


@pytest.mark.parametrize("file_format", ["PNG", "GIF", "BMP", "TIFF"])
def test_palette(file_format: str) -> None:
    assert_halves(decode(encode(halves().quantize(2), file_format)))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(1500, 1000), (700, 2200), (1023, 9), (4000, 3)])
def test_large_pictures_come_out_at_the_working_size(
    file_format: str, size: tuple[int, int]
) -> None:
    height, width, _ = decode(encode(halves(size=size), file_format)).shape
    assert max(height, width) == decoding.WORKING_SIDE
    assert min(height, width) == pytest.approx(min(size) * 512 / max(size), abs=1)


def test_small_pictures_keep_their_size() -> None:
    assert decode(encode(halves(size=(31, 17)), "JPEG")).shape == (17, 31, 3)


def test_large_pictures_are_decoded_one_at_a_time_and_small_ones_do_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    large = encode(Image.new("RGB", (1200, 1200)), "PNG", compress_level=1)
    decoding_now: list[int] = []
    most = []
    load = ImageFile.ImageFile.load

    def counted(picture: ImageFile.ImageFile) -> object:
        if max(picture.size) > 1000:
            decoding_now.append(1)
            most.append(len(decoding_now))
            # Whoever comes with a small picture meanwhile is answered.
            answered.append(decode(encode(halves())).shape)
            time.sleep(0.01)
            decoding_now.pop()
        return load(picture)

    answered: list[tuple[int, ...]] = []
    monkeypatch.setattr(ImageFile.ImageFile, "load", counted)
    with ThreadPoolExecutor(6) as people:
        pictures = list(people.map(decode, [large] * 6))
    assert [picture.shape for picture in pictures] == [(512, 512, 3)] * 6
    assert max(most) == 1
    assert len(answered) >= 6


def test_pillow_is_left_as_it_was() -> None:
    before = (ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS, list(warnings.filters))
    decode(encode(halves(), "PNG"))
    after = (ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS, list(warnings.filters))
    assert after == before


def test_several_threads() -> None:
    files = [encode(halves(), name) for name in ("JPEG", "PNG", "WEBP", "TIFF")] * 8
    threads = [threading.Thread(target=lambda f=f: results.append(decode(f))) for f in files]
    results: list[np.ndarray] = []
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == len(files)
    for result in results:
        assert_halves(result)
