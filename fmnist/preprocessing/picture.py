"""Pictures as arrays, how they are scaled and laid on white, and what can be wrong with one."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# uint8 (height, width) gray, (height, width, 3) RGB or (height, width, 4) RGBA.
Picture = NDArray[np.uint8]


class InputError(ValueError):
    """A file or a drawing that cannot become a 28×28 image; its text is the sentence to show."""


def called(name: str) -> str:
    """Say a file's name, or that it has none, at the beginning of a sentence or within it."""
    return f"“{name}”" if name else "This file"


def contain(picture: Picture, side: int, resampling: Image.Resampling) -> Picture:
    """Scale a picture until its longest edge has so many pixels, and the other at least one.

    ``PIL.ImageOps.contain`` makes nothing at all of a line, and of 2 in 15,000 photos another size.
    """
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(Image.fromarray(picture).resize(size, resampling))


def on_white(rgba: Picture) -> Picture:
    """Lay a picture on white: uint8 ``(height, width, 4)`` to ``(height, width, 3)``."""
    alpha = rgba[..., 3:].astype(np.uint16)
    colour = rgba[..., :3].astype(np.uint16)
    return ((colour * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
