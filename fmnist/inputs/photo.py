"""From a photo to one 28×28 image."""

import numpy as np

from fmnist.inputs.decode import decode
from fmnist.inputs.garment import Garment, find_garment
from fmnist.inputs.mending import UNMENDED, Mending
from fmnist.inputs.picture import Picture
from fmnist.inputs.steps import PHOTO_STEPS

Strip = list[tuple[str, Picture]]


def photo_to_strip(picture: Picture) -> Strip:
    """Take every step from a photo to 28×28 and keep what each one makes.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, as ``decode`` returns it, or
            ``(height, width, 4)`` if the garment, its alpha, has been found already.

    Returns:
        (title, picture) of the photo and of every step in ``PHOTO_STEPS``; the last picture is
        the image the model sees, uint8 ``(28, 28)``.
    """
    strip = [("Your photo", picture)]
    for step in PHOTO_STEPS:
        strip.append((step.title, step.apply(strip[-1][1])))
    return strip


def mended_strip(picture: Picture, mending: Mending = UNMENDED) -> tuple[Garment, Strip]:
    """Take every step as ``photo_to_strip`` does, but as a person says the photo is to be read.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, as ``decode`` returns it.
        mending: what is marked, turned, mirrored and swapped.

    Returns:
        What was found in the photo, before it is turned; and (title, picture) of every step.
    """
    garment = find_garment(picture, mending.hints((picture.shape[0], picture.shape[1])))
    seen = mending.turn(picture)
    colours = 255 - seen if mending.swapped else seen
    strip = photo_to_strip(np.dstack([colours, mending.turn(garment.mask)]))
    return garment, [(strip[0][0], seen), *strip[1:]]


def photo_to_image(picture: Picture) -> Picture:
    """Bring a photo to the form of the data set.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, as ``decode`` returns it.

    Returns:
        uint8 ``(28, 28)``, 0 background, 255 garment.
    """
    return photo_to_strip(picture)[-1][1]


def read_photo(data: bytes, name: str = "") -> Picture:
    """Read an image file with a photo to uint8 ``(28, 28)``; raises as ``decode`` does."""
    return photo_to_image(decode(data, name))
