"""From a photo to what the models see of it."""

import numpy as np

from fmnist.inputs.decode import decode
from fmnist.inputs.garment import Garment, find_garment
from fmnist.inputs.mending import UNMENDED, Mending
from fmnist.inputs.picture import Picture
from fmnist.inputs.seen import Seen, sharpened
from fmnist.inputs.steps import PHOTO_STEPS
from fmnist.inputs.steps.trim import TRIM

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


def photo_to_seen(picture: Picture) -> Seen:
    """Bring a photo to the forms that models take.

    Args:
        picture: as ``photo_to_strip`` takes it.
    """
    return seen_of(photo_to_strip(picture))


def seen_of(strip: Strip) -> Seen:
    """Take from the steps what the models see: the last picture, and the garment in its colours."""
    return Seen(strip[-1][1], sharpened(dict(strip)[TRIM.title]))


def read_photo(data: bytes, name: str = "") -> Seen:
    """Read an image file with a photo, in both forms; raises as ``decode`` does."""
    return photo_to_seen(decode(data, name))
