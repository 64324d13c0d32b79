"""A 28×28 image that already has the model's form."""

import numpy as np

from fmnist.preprocessing.decode import decode_rgba, open_image
from fmnist.preprocessing.errors import InputError, called
from fmnist.preprocessing.model_inputs import Seen
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.gray import gray
from fmnist.preprocessing.steps.resize import SIDE
from fmnist.preprocessing.ways import CLOTHES, Way


def see_image(data: bytes, name: str = "", way: Way = CLOTHES) -> Seen:
    """Read an image file as ``read_image`` does: it has come the data set's way already."""
    return Seen(read_image(data, name))


def read_image(data: bytes, name: str = "") -> Picture:
    """Read an image file of 28×28 pixels, light on black ground, as it is.

    Transparency counts as ground and colour is turned to gray; nothing else is changed.

    Args:
        data: the file's content.
        name: the file's name, for the error messages.

    Returns:
        uint8 ``(28, 28)``, 0 background, 255 garment or ink.

    Raises:
        InputError: another size, or as ``decode`` does.
    """
    width, height = open_image(data, name).size
    if (width, height) != (SIDE, SIDE):
        raise InputError(
            f"{called(name)} has {width} × {height} pixels. Expected an image of {SIDE} × {SIDE} "
            "in the model's own form; read this one as a photo or as a drawing instead."
        )
    rgba = decode_rgba(data, name)
    opaque = rgba[..., :3].astype(np.uint16) * rgba[..., 3:] // 255
    return gray(opaque.astype(np.uint8))
