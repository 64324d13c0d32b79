"""A garment that somebody has cut out is that garment."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fmnist.preprocessing import (
    CLOTHES,
    READERS,
    Edits,
    Mark,
    decode_photo,
    on_ground,
    preprocess_photo,
)
from fmnist.preprocessing.pipelines import HANDWRITING
from tests.preprocessing.pictures import encode, shirt
from tests.preprocessing.sheets import seven

ALPHA = shirt("white", "black").convert("L")


def cut_out(garment: str = "white", under: str = "black") -> Image.Image:
    """The plain shirt on a clear ground, whose colour is hidden."""
    picture = shirt(garment, under)
    picture.putalpha(ALPHA)
    return picture


@pytest.mark.parametrize("garment", ["white", "#203050"])
@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "TIFF"])
def test_its_transparency_is_the_mask(garment: str, file_format: str) -> None:
    picture = decode_photo(encode(cut_out(garment), file_format, **({"lossless": True})))
    found = preprocess_photo(picture).segmentation
    assert (found.mask == np.asarray(ALPHA)).all()
    assert (found.confidence, found.left_out) == (1, 0)


@pytest.mark.parametrize("mode", ["LA", "PA", "P"])
def test_other_modes_have_transparency_too(mode: str) -> None:
    picture = cut_out("#999999").convert("LA" if mode == "LA" else "RGBA")
    if mode == "P":
        picture = Image.fromarray(np.asarray(ALPHA) // 255).convert("P")
        picture.putpalette([9, 9, 9, 240, 240, 240])
        data = encode(picture, "GIF", transparency=0)
    else:
        data = encode(picture.convert(mode) if mode == "PA" else picture, "TIFF")
    assert (preprocess_photo(decode_photo(data)).segmentation.mask == np.asarray(ALPHA)).all()


def test_the_image_is_that_of_the_garment_alone() -> None:
    image = READERS["photo"](encode(cut_out())).image
    exact = np.dstack([np.asarray(shirt("white", "white")), np.asarray(ALPHA)])
    assert (image == CLOTHES.run(exact)[CLOTHES.steps[-1]]).all()
    assert image[14, 14] > 40
    assert image[14, 0] == 0


def test_what_is_painted_counts_more() -> None:
    picture = decode_photo(encode(cut_out()))
    stroke = Mark("ground", ((0.3, 0.3), (0.7, 0.3)), 0.1)
    added = Mark("garment", ((0.1, 0.9), (0.2, 0.9)), 0.05)
    mask = preprocess_photo(picture, edits=Edits((stroke, added))).segmentation.mask
    assert mask[120, 150] == 0
    assert mask[360, 45] == 255
    assert mask[250, 150] == 255


def test_it_is_shown_on_white_or_on_gray_if_it_is_light() -> None:
    dark, light = (preprocess_photo(np.asarray(cut_out(c))).strip[0][1] for c in ("navy", "white"))
    assert dark[0, 0].tolist() == [255, 255, 255]
    assert light[0, 0].tolist() == [128, 128, 128]
    assert light[200, 150].tolist() == [255, 255, 255]
    half = np.full((4, 4, 4), 255, dtype=np.uint8)
    half[0, :, 3] = 128
    assert on_ground(half)[0, 0, 0] == pytest.approx((255 + 128) / 2, abs=1)


@pytest.mark.parametrize("kind", ["half clear", "a clear speck", "round corners", "all clear"])
def test_transparency_that_tells_nothing_is_laid_on_white(kind: str) -> None:
    picture = shirt("#203050", "#c0d0c0")
    alpha = Image.new("L", picture.size, 0)
    brush = ImageDraw.Draw(alpha)
    if kind == "half clear":
        alpha.paste(128, (0, 0, 300, 400))
    elif kind == "a clear speck":
        alpha.paste(255, (0, 0, 300, 400))
        brush.ellipse((10, 10, 30, 30), fill=0)
    elif kind == "round corners":
        brush.rounded_rectangle((0, 0, 299, 399), 40, fill=255)
    picture.putalpha(alpha)
    assert decode_photo(encode(picture)).shape == (400, 300, 3)


def test_a_photo_with_clear_room_around_it_is_the_photo() -> None:
    photo, page = shirt(ground="#c0d0c0"), Image.new("RGBA", (500, 500))
    page.paste(photo, (150, 20))
    assert (decode_photo(encode(page)) == np.asarray(photo)).all()


@pytest.mark.parametrize("ink", [0, 255])
def test_ink_on_a_clear_ground_is_a_digit(ink: int) -> None:
    drawing = seven()
    drawing[..., :3] = ink
    on_paper = np.repeat(255 - seven()[..., 3:], 3, axis=2)
    images = [
        READERS["photo"](encode(Image.fromarray(picture)), "", HANDWRITING).image.astype(int)
        for picture in (drawing, on_paper)
    ]
    assert np.abs(images[0] - images[1]).mean() < 3
