"""Read a labelled photo as the app reads a photo that somebody brings."""

import io

from PIL import Image

from fmnist.labelled_photos.photo import Box, LabelledPhoto
from fmnist.preprocessing import CLOTHES, READERS, InputError, ModelInputs, Pipeline, decode
from fmnist.preprocessing.decode import MAX_BYTES, MAX_PIXELS
from fmnist.preprocessing.model_inputs import BOX_MARGIN


def read_labelled_photo(photo: LabelledPhoto, pipeline: Pipeline = CLOTHES) -> ModelInputs:
    """Bring a labelled photo, or the part around its box, to the forms that models take.

    Raises:
        InputError: if the file cannot be read, or as ``READERS["photo"]`` does.
    """
    return READERS["photo"](file_of(photo), photo.name, pipeline)


def file_of(photo: LabelledPhoto) -> bytes:
    """Return the image file of a labelled photo, or one of the part around its box.

    Raises:
        InputError: if the file cannot be read, or is to be cut and is no picture.
    """
    try:
        with photo.path.open("rb") as file:
            # One byte more than is read of a picture: enough to see that it is too large.
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{photo.name} cannot be read: {error.strerror}.") from error
    return cut_out(data, photo.name, photo.box) if photo.box else data


def cut_out(data: bytes, name: str, box: Box) -> bytes:
    """Cut an image file to a box and a margin around it, as far as the picture reaches.

    Returns:
        An image file, PNG: a part is read by the same way as any photo.

    Raises:
        InputError: if the file is no picture.
    """
    picture = decode(data, name, max_side=MAX_PIXELS)  # not reduced: the box is in its pixels
    top, left, bottom, right = box
    margin = round(BOX_MARGIN * max(bottom - top, right - left))
    part = picture[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin]
    file = io.BytesIO()
    Image.fromarray(part).save(file, "PNG", compress_level=1)
    return file.getvalue()
