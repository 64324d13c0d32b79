"""What shows nothing, and the faintest things that show something."""

import numpy as np
import pytest
from PIL import Image

from fmnist.preprocessing.blank import is_blank
from fmnist.preprocessing.decode import decode
from tests.preprocessing.pictures import encode, shirt

HEIGHT, WIDTH = 400, 300
Y, X = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
RANDOM = np.random.default_rng(0)


def coloured(gray: np.ndarray) -> np.ndarray:
    return np.repeat(gray[..., None], 3, axis=2)


BLANK = {
    "white": np.full((HEIGHT, WIDTH, 3), 255),
    "one colour": np.full((HEIGHT, WIDTH, 3), (40, 90, 160)),
    "gradient": coloured(127 + 127 * (0.6 * X + 0.4 * Y)),
    "gradients of colour": np.dstack([127 + 127 * X, 127 + 127 * Y, 127 - 60 * X]),
    "spot of light": coloured(255 - 180 * np.hypot(X, Y)),
    "vignette": coloured(230 / (1 + 0.8 * (X**2 + Y**2)) ** 2),
    "noise": RANDOM.uniform(0, 255, (HEIGHT, WIDTH, 3)),
    "gray noise": coloured(RANDOM.normal(128, 40, (HEIGHT, WIDTH))),
    "grain on a gradient": coloured(127 + 100 * X) + RANDOM.normal(0, 8, (HEIGHT, WIDTH, 3)),
}


def picture(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


@pytest.mark.parametrize("name", BLANK)
@pytest.mark.parametrize("quality", [None, 90, 60])
def test_one_colour_gradients_and_noise_are_blank(name: str, quality: int | None) -> None:
    options = {"quality": quality} if quality else {}
    data = encode(picture(BLANK[name]), "JPEG" if quality else "PNG", **options)
    assert is_blank(decode(data))


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 2), (5, 7), (28, 28)])
def test_a_tiny_picture_of_one_colour_is_blank(shape: tuple[int, int]) -> None:
    assert is_blank(np.full((*shape, 3), 200, dtype=np.uint8))


@pytest.mark.parametrize("size", [(30, 40), (90, 120), (300, 400)])
@pytest.mark.parametrize(
    ("garment", "ground"),
    [("#203050", "#fdfdfd"), ("#fbfbfb", "#eeeeee"), ("#101010", "#1c1c1c")],
)
def test_a_garment_is_something(size: tuple[int, int], garment: str, ground: str) -> None:
    assert not is_blank(np.asarray(shirt(garment, ground, size)))


@pytest.mark.parametrize("name", [name for name in BLANK if name not in ("white", "noise")])
def test_a_garment_on_such_a_ground_is_something(name: str) -> None:
    photo = picture(BLANK[name])
    mask = shirt("white", "black", (WIDTH, HEIGHT)).convert("L")
    photo.paste("#b03040", (0, 0), mask)
    assert not is_blank(np.asarray(photo))


def test_a_small_thing_is_something() -> None:
    pixels = np.full((400, 300, 3), 230, dtype=np.uint8)
    pixels[180:220, 140:170] = 60
    assert not is_blank(pixels)


def test_stripes_all_over_are_something() -> None:
    assert not is_blank(np.asarray(picture(coloured(128 + 60 * np.sign(np.sin(40 * Y))))))
