"""What is told from a bag or a shoe by its outline, and narrowed, and what is not."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fmnist.preprocessing import preprocess_photo
from fmnist.preprocessing.steps.clothing_outline import is_clothing
from tests.preprocessing.pictures import shirt

# Corners as shares of the box's sides, left half; the right half mirrors it.
OUTLINES: dict[str, tuple[float, list[tuple[float, float]]]] = {
    "t-shirt": (1.0, [(0.35, 0), (0.2, 0.04), (0, 0.3), (0.1, 0.4), (0.2, 0.34), (0.2, 1)]),
    "sleeves spread": (1.6, [(0.4, 0), (0.3, 0.03), (0, 0.5), (0.06, 0.62), (0.3, 0.4), (0.3, 1)]),
    "sleeves down": (0.95, [(0.4, 0), (0.15, 0.06), (0, 0.9), (0.13, 0.9), (0.22, 0.4), (0.22, 1)]),
    "trousers": (0.5, [(0.1, 0), (0, 1), (0.38, 1), (0.48, 0.3)]),
    "dress with straps": (0.6, [(0.3, 0), (0.26, 0), (0.22, 0.25), (0.3, 0.4), (0, 1)]),
    "coat": (0.8, [(0.4, 0), (0.2, 0.05), (0, 0.6), (0.08, 0.63), (0.15, 0.5), (0.12, 1)]),
    "brown rectangle": (380 / 150, [(0, 0), (0, 1)]),
    "upright rectangle": (0.85, [(0, 0), (0, 1)]),
    "handbag": (1.1, [(0.45, 0), (0.3, 0.05), (0.25, 0.35), (0.05, 0.4), (0, 1)]),
    "clutch": (1.9, [(0.02, 0), (0, 0.05), (0, 1)]),
    "low sneaker, from the front": (1.5, [(0.3, 0), (0.05, 0.5), (0, 1)]),
}  # fmt: skip
CLOTHES = ("t-shirt", "sleeves spread", "sleeves down", "trousers", "dress with straps", "coat")


def drawn(name: str, height: int = 200) -> np.ndarray:
    aspect, half = OUTLINES[name]
    width = round(height * aspect)
    outline = [*half, *((1 - x, y) for x, y in reversed(half))]
    picture = Image.new("L", (width, height))
    corners = [(x * (width - 1), y * (height - 1)) for x, y in outline]
    ImageDraw.Draw(picture).polygon(corners, fill=255)
    return np.asarray(picture) > 0


@pytest.mark.parametrize("name", OUTLINES)
@pytest.mark.parametrize("height", [60, 300])
def test_clothes_are_told_from_bags_and_shoes(name: str, height: int) -> None:
    assert is_clothing(drawn(name, height)) == (name in CLOTHES)


def test_what_lies_unevenly_is_no_clothing() -> None:
    shoe = np.zeros((60, 120), dtype=bool)
    shoe[40:, :] = True
    shoe[:40, 80:] = True
    assert not is_clothing(shoe)
    assert is_clothing(np.ones((3, 1), dtype=bool))


def shape_in_the_image(picture: Image.Image) -> tuple[int, int]:
    image = preprocess_photo(np.asarray(picture)).model_inputs.image > 60
    return int(image.any(axis=1).sum()), int(image.any(axis=0).sum())


def test_a_wide_rectangle_stays_wider_than_tall() -> None:
    picture = Image.new("RGB", (480, 400), "white")
    picture.paste("#6b4423", (50, 125, 430, 275))
    height, width = shape_in_the_image(picture)
    assert width == 28
    assert abs(height - 28 * 150 / 380) <= 1


def test_a_shirt_becomes_narrower() -> None:
    picture = shirt(size=(400, 400))  # its outline is 280 wide and 240 high
    height, width = shape_in_the_image(picture)
    assert height == 28
    assert width == pytest.approx(28 * 0.8, abs=1)
