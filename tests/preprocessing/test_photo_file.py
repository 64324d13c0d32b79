"""From the file of a photo to the picture that a person means."""

import numpy as np
import pytest
from PIL import Image

from fmnist.preprocessing import READERS, InputError, decode_photo
from fmnist.preprocessing.decode import MAX_FRAMES, decode_frames
from tests.preprocessing.pictures import encode, shirt

BLANK = Image.new("RGB", (300, 400), "white")
MOVING = ["GIF", "WEBP", "PNG", "AVIF"]


def animation(*frames: Image.Image, file_format: str = "GIF") -> bytes:
    return encode(frames[0], file_format, save_all=True, append_images=list(frames[1:]))


@pytest.mark.parametrize("file_format", MOVING)
def test_the_first_frame_that_shows_something_counts(file_format: str) -> None:
    frames = [BLANK, Image.new("RGB", (300, 400), "#fafaff"), shirt("#203050"), shirt("#b03040")]
    picture = decode_photo(animation(*frames, file_format=file_format))
    expected = np.asarray(frames[2]).astype(int)
    assert np.abs(picture - expected).mean() < 3


@pytest.mark.parametrize("file_format", MOVING)
def test_of_blank_frames_the_first_counts_and_is_a_sentence(file_format: str) -> None:
    data = animation(BLANK, Image.new("RGB", (300, 400), "#e0e0ff"), file_format=file_format)
    assert decode_photo(data).min() > 250
    with pytest.raises(InputError, match=r"“blank” shows nothing .* on a plain ground"):
        READERS["photo"](data, "blank")


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_a_blank_photo_is_a_sentence_and_gets_no_label(file_format: str) -> None:
    with pytest.raises(InputError, match=r"“blank\.png” shows nothing .* on a plain ground"):
        READERS["photo"](encode(BLANK, file_format), "blank.png")


def test_what_lies_beside_a_phone_s_picture_is_no_frame() -> None:
    data = encode(BLANK, "MPO", save_all=True, append_images=[shirt()])
    assert len(list(decode_frames(data))) == 1


def test_frames_are_decoded_one_by_one_and_not_without_end() -> None:
    colours = [Image.new("RGB", (20, 20), (k, 0, 0)) for k in range(0, 200, 5)]
    frames = list(decode_frames(animation(*colours, file_format="PNG")))
    assert len(frames) == MAX_FRAMES
    assert [int(frame[0, 0, 0]) for frame in frames] == list(range(0, 5 * MAX_FRAMES, 5))
    assert len(list(decode_frames(animation(*colours[:3], file_format="PNG")))) == 3
