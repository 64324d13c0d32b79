"""What is cropped off around a photo, and what never is."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fmnist.preprocessing import decode_photo
from fmnist.preprocessing.framing import crop_frame
from tests.preprocessing.pictures import encode, shirt

RANDOM = np.random.default_rng(0)


def photo(size: tuple[int, int] = (180, 240)) -> Image.Image:
    """A shirt on a floor of boards, as a camera sees it."""
    boards = shirt("#203050", "#b08d63", size)
    brush = ImageDraw.Draw(boards)
    for k, x in enumerate(range(0, size[0], 18)):
        brush.rectangle((x, 0, x + 16, size[1]), fill=("#b08d63", "#a37f55", "#bb9a72")[k % 3])
    boards.paste("#203050", (0, 0), shirt("white", "black", size).convert("L"))
    grain = RANDOM.normal(0, 6, (size[1], size[0], 3))
    return Image.fromarray(np.clip(np.asarray(boards) + grain, 0, 255).astype(np.uint8))


def framed(
    inside: Image.Image, room: tuple[int, int, int, int], colour: str = "white"
) -> Image.Image:
    """Lay a picture into a frame; room is left, top, right and bottom of it."""
    left, top, right, bottom = room
    size = inside.width + left + right, inside.height + top + bottom
    page = Image.new("RGB", size, colour)
    page.paste(inside, (left, top))
    return page


def figure(inside: Image.Image) -> Image.Image:
    """What plotting libraries make of a picture: a margin, a line, ticks and numbers."""
    page = framed(inside, (90, 60, 70, 50))
    brush, right, bottom = ImageDraw.Draw(page), 90 + inside.width, 60 + inside.height
    brush.rectangle((89, 59, right, bottom), outline="black")
    for k in range(0, inside.width, 40):
        brush.line((90 + k, bottom, 90 + k, bottom + 4), fill="black")
        brush.text((86 + k, bottom + 8), str(k), fill="black")
    for k in range(0, inside.height, 40):
        brush.line((85, 60 + k, 89, 60 + k), fill="black")
        brush.text((60, 54 + k), str(k), fill="black")
    brush.text((110, 20), "A shirt on the floor", fill="black")
    return page


FRAMES = {
    "white": (20, 20, 20, 20),
    "black": (9, 9, 9, 9),
    "#7a1020": (12, 12, 12, 60),
    "#000000": (80, 0, 80, 0),  # bars on both sides
    "#ffffff": (0, 50, 0, 40),
}


@pytest.mark.parametrize("colour", FRAMES)
@pytest.mark.parametrize("quality", [None, 80])
def test_a_plain_frame_is_cropped_off(colour: str, quality: int | None) -> None:
    page = framed(photo(), FRAMES[colour], colour)
    options = {"quality": quality} if quality else {}
    cropped = decode_photo(encode(page, "JPEG" if quality else "PNG", **options))
    assert np.abs(np.subtract(cropped.shape[:2], (240, 180))).max() <= 2
    if not quality:
        assert (
            cropped == np.asarray(page)[FRAMES[colour][1] :, FRAMES[colour][0] :][:240, :180]
        ).all()


def test_frames_in_frames_are_cropped_off() -> None:
    inside = photo()
    page = framed(framed(inside, (3, 3, 3, 3), "black"), (30, 30, 30, 30))
    cropped = crop_frame(np.asarray(page))
    assert (cropped == np.asarray(inside)).all()
    assert cropped.flags.c_contiguous


@pytest.mark.parametrize("size", [(180, 240), (369, 369)])
def test_axes_are_cropped_off(size: tuple[int, int]) -> None:
    inside = photo(size)
    cropped = crop_frame(np.asarray(figure(inside)))
    assert np.abs(np.subtract(cropped.shape[:2], size[::-1])).max() <= 2
    assert np.abs(cropped[5:-5, 5:-5].mean() - np.asarray(inside)[5:-5, 5:-5].mean()) < 1


def tilted(degrees: float) -> Image.Image:
    bag = Image.new("RGB", (400, 300), "white")
    bag.paste(photo((300, 180)).transpose(Image.Transpose.ROTATE_180), (50, 60))
    return bag.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")


NO_FRAMES = {
    "a photo": photo(),
    "a shirt on white": shirt(),
    "one colour": Image.new("RGB", (300, 400), "white"),
    "a rectangle on white": framed(Image.new("RGB", (380, 150), "#6b4423"), (50, 30, 50, 30)),
    "a small picture on white": framed(photo((90, 60)), (100, 120, 110, 100)),
    "a leaning picture on white": tilted(3),
    "a photo that touches one side": framed(photo(), (0, 0, 0, 60)),
    "a tiny photo": photo((20, 24)),
    "a pixel": Image.new("RGB", (1, 1)),
}


@pytest.mark.parametrize("name", NO_FRAMES)
def test_what_has_no_frame_stays_whole(name: str) -> None:
    picture = np.asarray(NO_FRAMES[name])
    assert (crop_frame(picture) == picture).all()
