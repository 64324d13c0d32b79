"""The picture of a labelled photo: the whole of it, or the part around its garment."""

from fmnist.labelled_photos.photo import LabelledPhoto
from fmnist.preprocessing import InputError, Picture, decode
from fmnist.preprocessing.decode import MAX_BYTES, WORKING_SIDE
from fmnist.preprocessing.model_inputs import BOX_MARGIN

# Of a photo that only a part is taken from, so that what the box says are its pixels.
_WHOLE = 8192


def read_picture(photo: LabelledPhoto) -> Picture:
    """Read a photo as a page would that somebody showed it to.

    Returns:
        uint8 ``(height, width, 3)``, RGB; of one with a box, what is in it, with a margin.

    Raises:
        InputError: if the file is no picture or cannot be read.
    """
    try:
        with photo.path.open("rb") as file:
            # One byte more than is read of a picture: enough to see that it is too large.
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{photo.path.name} cannot be read: {error.strerror}.") from error
    if photo.box is None:
        return decode(data, photo.path.name, WORKING_SIDE)
    top, left, bottom, right = photo.box
    margin = round(BOX_MARGIN * max(bottom - top, right - left))
    rows = slice(max(0, top - margin), bottom + margin)
    columns = slice(max(0, left - margin), right + margin)
    return decode(data, photo.path.name, _WHOLE)[rows, columns]
