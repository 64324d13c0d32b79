"""Colour modes: from whatever numbers an image file holds to RGB or RGBA."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageCms

_TIFF_PHOTOMETRIC, _TIFF_WHITE_IS_ZERO = 262, 0


def to_colour(picture: Image.Image) -> Image.Image:
    """Convert a loaded picture of any mode to RGB, or to RGBA if parts of it are transparent.

    Args:
        picture: straight from a file, so that its ``format`` and ``info`` still say how the
            numbers in it are meant.
    """
    conversion = _CONVERSIONS.get(picture.mode.partition(";")[0])
    picture = conversion(picture) if conversion else picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _deep_grey(picture: Image.Image) -> Image.Image:
    """Bring grey of more than 8 bits to 8 by its scale; ``convert("L")`` would clip it."""
    grey = np.asarray(picture).astype(np.float32)
    low, high = float(grey.min(initial=0)), float(grey.max(initial=0))
    if not (np.isfinite(low) and np.isfinite(high)):
        grey = np.nan_to_num(grey, nan=0, posinf=0, neginf=0)
        low, high = float(grey.min(initial=0)), float(grey.max(initial=0))
    if picture.mode.startswith("I;16"):
        low, high = 0.0, 65535.0
    elif low >= 0:
        # 32-bit formats do not say their white: it is the next usual one above the content.
        low, high = 0.0, next((white for white in (1.0, 255.0, 65535.0) if high <= white), high)
    scaled = Image.fromarray(np.rint((grey - low) * (255 / (high - low))).astype(np.uint8))
    tags = getattr(picture, "tag_v2", {})
    if picture.mode.startswith("I;16") and tags.get(_TIFF_PHOTOMETRIC) == _TIFF_WHITE_IS_ZERO:
        return ImageChops.invert(scaled)
    return scaled


_JPEG_NOISE = 8


def _cmyk(picture: Image.Image) -> Image.Image:
    # Adobe writes CMYK JPEGs inverted. Pillow takes every one to be Adobe's; those without
    # Adobe's marker are not.
    if picture.format in ("JPEG", "MPO") and "adobe" not in picture.info:
        stored = ImageChops.invert(picture)
        return _ycc(stored) if _is_ycc(picture, stored) else stored.convert("RGB")
    return picture.convert("RGB")


def _is_ycc(picture: Image.Image, stored: Image.Image) -> bool:
    """Tell four channels of brightness, two of colour and alpha, as Java writes, from four inks.

    Nothing in the file says so. But only brightness is stored finer than colour, and ink that is
    full everywhere would be a black page.
    """
    sampling = [channel[1:3] for channel in getattr(picture, "layer", ())]
    subsampled = len(sampling) == 4 and max(sampling[1:3]) < sampling[0]
    return subsampled or int(np.asarray(stored)[..., 3].min()) > 255 - _JPEG_NOISE


def _ycc(stored: Image.Image) -> Image.Image:
    *ycc, alpha = stored.split()
    colour = Image.merge("YCbCr", ycc).convert("RGB")
    if np.ptp(np.asarray(alpha)) > _JPEG_NOISE:  # the same everywhere, it says nothing
        colour.putalpha(alpha)
    return colour


def _lab(picture: Image.Image) -> Image.Image:
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(lab, srgb, "LAB", "RGB")
    converted = ImageCms.applyTransform(picture, transform)
    assert converted is not None  # it is None only when the picture is changed in place
    return converted


_CONVERSIONS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "I": _deep_grey,
    "F": _deep_grey,
    "CMYK": _cmyk,
    "LAB": _lab,
    "La": lambda picture: picture.convert("LA"),
}
