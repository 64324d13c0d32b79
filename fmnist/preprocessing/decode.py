"""From the bytes of an image file, in whatever colour mode, to upright pixels."""

import io
import math
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import numpy as np
from PIL import Image, ImageOps

from fmnist.preprocessing.colour_modes import to_colour
from fmnist.preprocessing.decoder_process import DecoderProcess
from fmnist.preprocessing.picture import InputError, Picture, called, on_white

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
FORMATS_IN_WORDS = "a JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP or TIFF image"

# The endings of such files' names. Their content decides, not their name.
FILE_TYPES = ["jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "gif", "bmp", "tif", "tiff"]

MAX_BYTES = 50 * 2**20
# 67 megapixels: more than a phone's everyday picture, and still below the size at which Pillow
# itself would start to warn, so that ours is the only limit anyone meets.
MAX_PIXELS = 2**26
# JPEG alone is decoded straight to a smaller size. HEIC, in which phones take 48 megapixels, costs
# 9 bytes a pixel, the others up to 18: a picture at its limit costs 450 MB, of whatever format.
_MAX_PIXELS_OF = {"JPEG": MAX_PIXELS, "MPO": MAX_PIXELS, "HEIF": 50_000_000}
_MAX_PIXELS_OF_OTHERS = 25_000_000
_KNOWN_AS = {"MPO": "JPEG", "HEIF": "HEIC", "WEBP": "WebP"}
MAX_FRAMES = 24

# Everything after decoding works on a picture this large, in pixels of its longest side.
WORKING_SIDE = 512

# Thirty people with a large photo each are not to hold thirty decoded ones. A semaphore would see
# to that, but what each thread has once used stays with it: 784 MB for twelve HEIC photos of 24
# megapixels, and 307 MB where one thread decodes them all.
_LARGE = 2**20
_decoder = ThreadPoolExecutor(1, "decode")
# Of these not even one is decoded here. They are a video's frames: their decoders are large.
_ELSEWHERE = {"HEIF", "AVIF"}
_process = DecoderProcess()


def decode(data: bytes, name: str = "", max_side: int = WORKING_SIDE) -> Picture:
    """Decode an image file to an upright colour picture, with transparency laid on white.

    Args:
        data: the file's content, in any of the formats in ``FORMATS`` or HEIC.
        name: the file's name, for the error messages.
        max_side: a larger picture is reduced, by averaging, to this longest side in pixels.

    Returns:
        uint8 ``(height, width, 3)``, RGB, 0–255.

    Raises:
        InputError: not an image, damaged, cut short, or larger than ``MAX_BYTES`` or, in
            pixels, than is read of its format.
    """
    return on_white(decode_rgba(data, name, max_side))


def decode_rgba(data: bytes, name: str = "", max_side: int = WORKING_SIDE) -> Picture:
    """Decode an image file as ``decode`` does, but keep its transparency.

    Returns:
        uint8 ``(height, width, 4)``, RGBA, 0–255; alpha is 255 where the picture is opaque.
    """
    return next(decode_frames(data, name, max_side))


def decode_frames(data: bytes, name: str = "", max_side: int = WORKING_SIDE) -> Iterator[Picture]:
    """Decode the frames of an animation one by one, at most ``MAX_FRAMES``.

    Together they have no more than ``MAX_PIXELS``. A picture that does not move is one frame, and
    so is what a phone takes: what else lies in its file are no frames.

    Yields:
        As ``decode_rgba`` returns the first one.
    """
    picture = open_image(data, name)
    width, height = picture.size
    moves = picture.format != "MPO" and getattr(picture, "is_animated", False)
    frames = min(MAX_FRAMES, MAX_PIXELS // (width * height)) if moves else 1
    for number in range(max(1, frames)):
        with _in_words(name):
            if number:
                try:
                    picture.seek(number)
                except EOFError:
                    return
            frame = _decoded(picture, max_side, data if not moves else None)
        yield frame


def _decoded(picture: Image.Image, max_side: int, data: bytes | None) -> Picture:
    """Decode a picture, of which ``data`` is the whole file if it is the only one there."""
    longest, pixels = max(picture.size), math.prod(picture.size)
    if longest > max_side and picture.format in ("JPEG", "MPO"):
        # libjpeg decodes straight to a half, a quarter or an eighth of the size.
        width, height = (max(1, side * max_side // longest) for side in picture.size)
        picture.draft(None, (width, height))
        if "progressive" not in picture.info:  # of these it holds all coefficients
            pixels = math.prod(picture.size)
    if pixels <= _LARGE:
        return reduced(picture, max_side)
    if data and picture.format in _ELSEWHERE:
        with suppress(OSError):  # there can be no other process
            return _decoder.submit(_process.decode, data, max_side).result()
    return _decoder.submit(reduced, picture, max_side).result()


def reduced(picture: Image.Image, max_side: int) -> Picture:
    """Decode an opened picture here, to at most this longest side; see ``decode_rgba``."""
    picture.load()
    colour = to_colour(picture)
    colour.thumbnail((max_side, max_side), reducing_gap=2.0)
    return np.asarray(_upright(colour, picture).convert("RGBA"))


def open_image(data: bytes, name: str = "") -> Image.Image:
    """Open an image file, check its size, and decode nothing yet.

    Raises:
        InputError: as ``decode``, as far as the file's header shows it.
    """
    if not data:
        raise InputError(f"{called(name)} is empty. Choose a file that holds an image.")
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{called(name)} has {len(data) / 2**20:.0f} MB; at most {MAX_BYTES // 2**20} MB are "
            "read. Save it smaller, or as JPEG, and try again."
        )
    with _in_words(name):
        picture = _open_heif(data) if _is_heif(data) else Image.open(io.BytesIO(data), "r", FORMATS)
    (width, height), kind = picture.size, picture.format or ""
    most = _MAX_PIXELS_OF.get(kind, _MAX_PIXELS_OF_OTHERS)
    if width * height > most:
        raise InputError(_too_many_pixels(name, f" ({width} × {height})", kind, most))
    return picture


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """Turn whatever Pillow raises or warns of into an ``InputError`` with a plain sentence."""
    try:
        with warnings.catch_warnings():
            # Pillow's alone: warning filters belong to the whole process, so whatever a second
            # thread sees meanwhile must not hide the warnings of anybody else.
            warnings.filterwarnings("ignore", module=r"(PIL|pillow_heif)(\.|$)")
            yield
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise InputError(_too_many_pixels(name)) from error
    except Image.UnidentifiedImageError as error:
        raise InputError(
            f"{called(name)} is not an image that can be read here. "
            f"Expected {FORMATS_IN_WORDS}; save it as one of those and try again."
        ) from error
    # Damaged files reach Pillow's decoders as anything from SyntaxError to struct.error.
    except Exception as error:
        raise InputError(
            f"{called(name)} is damaged or was cut short on its way: only a part of the image "
            "can be read. Save or copy it again and retry."
        ) from error


def _too_many_pixels(name: str, size: str = "", kind: str = "", most: int = MAX_PIXELS) -> str:
    of_kind = f" of {_KNOWN_AS.get(kind, kind)}" if kind else ""
    return (
        f"{called(name)} has too many pixels{size}: at most {most / 1e6:.0f} megapixels are "
        f"read{of_kind}. Make it smaller, for example 2000 pixels wide, and try again."
    )


def _is_heif(data: bytes) -> bool:
    """Tell HEIC by its brand (ISO/IEC 23008-12, section 10)."""
    brands = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
    return data[4:8] == b"ftyp" and data[8:12] in brands and b"avif" not in data[12:64]


def _open_heif(data: bytes) -> Image.Image:
    try:
        from pillow_heif import HeifImageFile
    except ImportError as error:
        raise InputError(
            "HEIC images need the package pillow-heif, which is not installed here. "
            "Save the picture as JPEG or PNG and try again."
        ) from error
    return HeifImageFile(io.BytesIO(data))


def _upright(image: Image.Image, source: Image.Image) -> Image.Image:
    """Turn the image as the EXIF of the file it came from says."""
    try:
        orientation = source.getexif().get(0x0112, 1)
    except Exception:  # a picture with spoilt EXIF is still a picture
        return image
    image.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(image)
