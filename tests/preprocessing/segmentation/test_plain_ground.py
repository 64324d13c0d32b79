"""Parts of another colour on a plain ground, and what is no part."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fmnist.preprocessing.segmentation import GROUND
from fmnist.preprocessing.segmentation.clothes import segment_clothes
from fmnist.preprocessing.segmentation.plain_ground import add_other_parts
from tests.preprocessing.pictures import shirt

SLEEVES = [(0, 0.35), (0.3, 0.12), (0.34, 0.3), (0, 0.55)]
BODY = [(0.3, 0.12), (0.42, 0.1), (0.58, 0.1), (0.7, 0.12), (0.66, 0.92), (0.34, 0.92)]
TOP = [(0.38, 0.08), (0.62, 0.08), (0.62, 0.25), (0.38, 0.25)]
BELT = [(0.38, 0.25), (0.62, 0.25), (0.62, 0.31), (0.38, 0.31)]
SKIRT = [(0.38, 0.31), (0.62, 0.31), (0.8, 0.92), (0.2, 0.92)]


def draw(
    parts: list[tuple[list[tuple[float, float]], str]], ground: str, size: int = 300
) -> tuple[np.ndarray, np.ndarray]:
    """Draw parts on a ground; returns the photo and where the parts are."""
    photo, where = Image.new("RGB", (size, size), ground), Image.new("L", (size, size))
    for corners, colour in parts:
        outline = [(x * size, y * size) for x, y in corners]
        ImageDraw.Draw(photo).polygon(outline, fill=colour)
        ImageDraw.Draw(where).polygon(outline, fill=255)
    return np.asarray(photo), np.asarray(where)


def sleeved(body: str, sleeves: str, ground: str) -> tuple[np.ndarray, np.ndarray]:
    """A sweater whose sleeves touch both edges of the photo."""
    other = [(1 - x, y) for x, y in SLEEVES]
    return draw([(SLEEVES, sleeves), (other, sleeves), (BODY, body)], ground)


def belted(top: str, belt: str, skirt: str, ground: str) -> tuple[np.ndarray, np.ndarray]:
    return draw([(TOP, top), (BELT, belt), (SKIRT, skirt)], ground)


def overlap(found: np.ndarray, expected: np.ndarray) -> float:
    a, b = found > 127, expected > 127
    return float((a & b).sum() / (a | b).sum())


@pytest.mark.parametrize(
    ("photo", "expected"),
    [
        sleeved("#b03040", "#101010", "white"),
        sleeved("#203080", "#e0c040", "white"),
        sleeved("#b03040", "#101010", "#d8d4cc"),
        belted("#203050", "#f8f8f8", "#b03040", "white"),
        belted("#203050", "#e8e8e8", "#b03040", "#dddddd"),
        belted("#a0a0a0", "#f8f8f8", "#304060", "white"),
    ],
    ids=["sleeves", "yellow sleeves", "on gray", "belt", "belt on gray", "gray top"],
)
@pytest.mark.parametrize("quality", [None, 85])
def test_parts_of_another_colour_belong_to_it(
    photo: np.ndarray, expected: np.ndarray, quality: int | None
) -> None:
    if quality:
        file = io.BytesIO()
        Image.fromarray(photo).save(file, "JPEG", quality=quality)
        photo = np.asarray(Image.open(file))
    assert overlap(segment_clothes(photo).mask, expected) > 0.95


def test_what_a_person_paints_as_ground_is_no_part() -> None:
    photo, expected = sleeved("#b03040", "#101010", "white")
    hints = np.zeros(photo.shape[:2], dtype=np.uint8)
    hints[:, :90] = GROUND
    mask = segment_clothes(photo, hints).mask
    assert not mask[:, :90].any()
    assert overlap(mask[:, 95:], expected[:, 95:]) > 0.95


def test_what_lies_apart_is_no_part() -> None:
    photo, _ = draw([(BODY, "#b03040"), ([(0.1, 0.1), (0.2, 0.1), (0.15, 0.3)], "black")], "white")
    mask = segment_clothes(photo).mask
    assert not mask[:, :80].any()
    assert mask[200, 150] == 255


def body_found(photo: np.ndarray) -> np.ndarray:
    """A mask that holds the red body alone."""
    red = (photo[..., 0] > photo[..., 1] + 60) & (photo[..., 0] < 200)
    return np.where(red, 255, 0).astype(np.uint8)


def test_what_somebody_wears_with_it_is_no_part() -> None:
    """A face above and trousers that leave the photo below are not the shirt's."""
    face = [(0.38, 0.03), (0.62, 0.03), (0.58, 0.11), (0.42, 0.11)]
    legs = [(0.4, 0.9), (0.6, 0.9), (0.6, 1), (0.4, 1)]
    for parts in ([(face, "#d9a57e"), (BODY, "#b03040")], [(BODY, "#b03040"), (legs, "#203050")]):
        photo, _ = draw(parts, "white")
        found = body_found(photo)
        assert (add_other_parts(photo, found) == found).all()


def test_a_ground_that_is_not_plain_changes_nothing() -> None:
    photo, _ = sleeved("#b03040", "#101010", "white")
    light = np.linspace(1, 0.6, 300)[:, None, None]
    shaded = (photo * light).astype(np.uint8)
    found = body_found(photo)
    assert (add_other_parts(shaded, found) == found).all()
    assert (add_other_parts(photo[:5], found[:5]) == found[:5]).all()


def test_a_soft_shadow_is_no_part() -> None:
    photo = np.asarray(shirt("#9c2f3f", "white")).copy()
    found = np.where(photo[..., 1] < 200, 255, 0).astype(np.uint8)
    y, x = np.mgrid[:400, :300]
    shadow = 45 * np.exp(-(((x - 150) / 90) ** 2 + ((y - 330) / 12) ** 2))
    shaded = np.where(found[..., None] > 0, photo, (255 - shadow)[..., None]).astype(np.uint8)
    assert (add_other_parts(shaded, found) == found).all()
