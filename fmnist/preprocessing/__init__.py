"""What people bring, and the way from each kind to what the models see.

``INPUTS`` lists the kinds of files. To add a kind: write its file and add its line. ``WAYS`` says
what becomes of them on their way to a data set.
"""

from typing import Protocol

from fmnist.preprocessing.decode import FILE_TYPES, decode
from fmnist.preprocessing.drawing import drawing_to_image, drawing_to_raw_image, read_drawing
from fmnist.preprocessing.edits import UNMENDED, Mark, Mending
from fmnist.preprocessing.errors import InputError
from fmnist.preprocessing.image import see_image
from fmnist.preprocessing.model_inputs import SHARP_SIDE, Seen
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.readers import (
    mended_strip,
    photo_to_seen,
    photo_to_strip,
    read_photo,
    seen_of,
)
from fmnist.preprocessing.segmentation.garment import find_garment
from fmnist.preprocessing.segmentation.result import Found
from fmnist.preprocessing.steps import PHOTO_STEPS, Step
from fmnist.preprocessing.ways import CLOTHES, WAYS, Way


class Reader(Protocol):
    """A way from the content of a file to what the models see."""

    def __call__(self, data: bytes, name: str = "", way: Way = CLOTHES) -> Seen:
        """Read one picture, by a data set's way; raises ``InputError``, which names the file."""


INPUTS: dict[str, Reader] = {
    "photo": read_photo,
    "drawing": read_drawing,
    "image": see_image,
}

__all__ = [
    "FILE_TYPES",
    "INPUTS",
    "PHOTO_STEPS",
    "SHARP_SIDE",
    "UNMENDED",
    "WAYS",
    "Found",
    "InputError",
    "Mark",
    "Mending",
    "Picture",
    "Reader",
    "Seen",
    "Step",
    "Way",
    "decode",
    "drawing_to_image",
    "drawing_to_raw_image",
    "find_garment",
    "mended_strip",
    "photo_to_seen",
    "photo_to_strip",
    "seen_of",
]
