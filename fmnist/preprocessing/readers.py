"""From a photo to what the models see of it."""

import numpy as np

from fmnist.preprocessing.decode import decode
from fmnist.preprocessing.edits import UNMENDED, Mending
from fmnist.preprocessing.errors import InputError, called
from fmnist.preprocessing.model_inputs import Seen, sharpened
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation.result import Found
from fmnist.preprocessing.steps.trim import TRIM
from fmnist.preprocessing.ways import CLOTHES, Way

Strip = list[tuple[str, Picture]]


def photo_to_strip(picture: Picture, way: Way = CLOTHES) -> Strip:
    """Take every step from a photo to 28×28 and keep what each one makes.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, as ``decode`` returns it, or
            ``(height, width, 4)`` if what it shows, its alpha, has been found already.
        way: the data set's.

    Returns:
        (title, picture) of the photo and of every step of the way; the last picture is the image
        the model sees, uint8 ``(28, 28)``.
    """
    strip = [("Your photo", picture)]
    for step in way.photo_steps:
        strip.append((step.title, step.apply(strip[-1][1])))
    return strip


def mended_strip(
    picture: Picture, mending: Mending = UNMENDED, way: Way = CLOTHES
) -> tuple[Found, Strip]:
    """Take every step as ``photo_to_strip`` does, but as a person says the photo is to be read.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, as ``decode`` returns it.
        mending: what is marked, turned, mirrored and swapped.
        way: the data set's.

    Returns:
        What was found in the photo, before it is turned; and (title, picture) of every step.
    """
    found = way.find(picture, mending.hints((picture.shape[0], picture.shape[1])))
    seen = mending.turn(picture)
    colours = 255 - seen if mending.swapped else seen
    strip = photo_to_strip(np.dstack([colours, mending.turn(found.mask)]), way)
    return found, [(strip[0][0], seen), *strip[1:]]


def photo_to_seen(picture: Picture, way: Way = CLOTHES) -> Seen:
    """Bring a photo to the forms that models take.

    Args:
        picture: as ``photo_to_strip`` takes it.
        way: the data set's.
    """
    return seen_of(photo_to_strip(picture, way))


def seen_of(strip: Strip) -> Seen:
    """Take from the steps what the models see: the last picture, and the garment in its colours."""
    trimmed = dict(strip)[TRIM.title]
    return Seen(strip[-1][1], sharpened(trimmed) if trimmed.ndim == 3 else None)


def read_photo(data: bytes, name: str = "", way: Way = CLOTHES) -> Seen:
    """Read an image file with a photo, in both forms, the way of a data set.

    Raises:
        InputError: as ``decode`` does, or when nothing is found in the photo.
    """
    seen = photo_to_seen(decode(data, name), way)
    if not seen.image.any():
        raise InputError(
            f"{called(name)} shows nothing that stands out. "
            f"Take the photo again, closer and on {way.ground}."
        )
    return seen
