"""The file of a photo: from its bytes to the picture that a person means."""

from itertools import chain

from fmnist.preprocessing.blank import is_blank
from fmnist.preprocessing.dataset_form import dataset_form
from fmnist.preprocessing.decode import decode_frames
from fmnist.preprocessing.framing import crop_frame
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.transparency import without_room


def decode_photo(data: bytes, name: str = "") -> Picture:
    """Decode the file of a photo, without the frame that it may have.

    Of an animation the first frame that shows something is taken.

    Args:
        data: the file's content.
        name: the file's name, for the error messages.

    Returns:
        uint8 ``(height, width, 3)``, RGB, upright, as ``decode`` returns it; RGBA,
        ``(height, width, 4)``, if its transparency tells what it shows.

    Raises:
        InputError: as ``decode`` does.
    """
    picture = _first_that_shows(data, name)
    if picture.shape[2] == 4 or dataset_form(picture) is not None:
        return picture
    return crop_frame(picture)


def _first_that_shows(data: bytes, name: str) -> Picture:
    frames = map(without_room, decode_frames(data, name))
    first = next(frames)
    if (second := next(frames, None)) is None:
        return first
    shows = (f for f in chain((first, second), frames) if f.shape[2] == 4 or not is_blank(f))
    return next(shows, first)
