"""Readers: from the bytes of a photo, a drawing or an image file to what the models take."""

from typing import Protocol

import numpy as np

from fmnist.preprocessing.decode import decode_rgba, open_image
from fmnist.preprocessing.drawing import drawing_to_image
from fmnist.preprocessing.model_inputs import ModelInputs, preprocess_photo
from fmnist.preprocessing.photo_file import decode_photo
from fmnist.preprocessing.picture import InputError, Picture, called
from fmnist.preprocessing.pipelines import CLOTHES, Pipeline
from fmnist.preprocessing.steps.fashion_mnist import SIDE, gray


class Reader(Protocol):
    """From the content of a file to what the models take."""

    def __call__(self, data: bytes, name: str = "", pipeline: Pipeline = CLOTHES) -> ModelInputs:
        """Read one picture by a data set's pipeline; raises ``InputError``, which names it."""


def read_photo(data: bytes, name: str = "", pipeline: Pipeline = CLOTHES) -> ModelInputs:
    """Read an image file with a photo, in all forms that models take.

    Raises:
        InputError: as ``decode`` does, or when nothing is found in the photo.
    """
    inputs = preprocess_photo(decode_photo(data, name), pipeline).model_inputs
    if not inputs.image.any():
        raise nothing_stands_out(name, pipeline)
    return inputs


def nothing_stands_out(name: str, pipeline: Pipeline) -> InputError:
    """Return what is said of a photo in which nothing is found."""
    return InputError(
        f"{called(name)} shows nothing that stands out. "
        f"Take the photo again, closer and on {pipeline.background}."
    )


def read_drawing(data: bytes, name: str = "", pipeline: Pipeline = CLOTHES) -> ModelInputs:
    """Read an image file with a drawing.

    Raises:
        InputError: as ``decode`` does, or when nothing is drawn.
    """
    image = drawing_to_image(decode_rgba(data, name), pipeline)
    if image is None:
        raise InputError(
            f"{called(name)} is blank: it has one colour throughout. Expected a drawing "
            "with ink that stands out from its ground."
        )
    return ModelInputs(image)


def read_image(data: bytes, name: str = "", pipeline: Pipeline = CLOTHES) -> ModelInputs:
    """Read an image file as ``read_pixels`` does: it has the data set's form already."""
    return ModelInputs(read_pixels(data, name))


def read_pixels(data: bytes, name: str = "") -> Picture:
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


READERS: dict[str, Reader] = {
    "photo": read_photo,
    "drawing": read_drawing,
    "image": read_image,
}
