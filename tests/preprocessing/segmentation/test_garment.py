"""Finding the garment in a photo."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from fmnist.preprocessing.segmentation import DOUBTFUL, GARMENT, GROUND
from fmnist.preprocessing.segmentation.garment import segment_garment
from tests.preprocessing.pictures import shirt


def overlap(found: np.ndarray, expected: np.ndarray) -> float:
    """Intersection over union."""
    a, b = found > 127, expected > 127
    return float((a & b).sum() / (a | b).sum())


EXACT = np.asarray(shirt("white", "black").convert("L"))


def floor(kind: str) -> Image.Image:
    """Grounds that people photograph on."""
    generator = np.random.default_rng(0)
    picture = Image.new("RGB", (300, 400), "#b08d63")
    brush = ImageDraw.Draw(picture)
    if kind == "boards":
        for k, x in enumerate(range(0, 300, 30)):
            brush.rectangle((x, 0, x + 28, 400), fill=("#b08d63", "#a37f55", "#bb9a72")[k % 3])
    elif kind == "tiles":
        brush.rectangle((0, 0, 300, 400), fill="#d8d2c4")
        for k in range(0, 700, 80):
            brush.line((k - 300, 0, k, 400), fill="#8d8577", width=3)
            brush.line((k, 0, k - 300, 400), fill="#8d8577", width=3)
    elif kind == "carpet":
        noise = generator.integers(90, 190, (200, 150, 1), dtype=np.uint8)
        picture = Image.fromarray(noise.repeat(3, axis=2)).resize((300, 400))
    elif kind == "lamp":
        y, x = np.mgrid[0:400, 0:300]
        light = 235 - 110 * np.hypot(x - 40, y - 40) / 500
        picture = Image.fromarray(light.astype(np.uint8)[..., None].repeat(3, axis=2))
    return picture


@pytest.mark.parametrize("kind", ["boards", "tiles", "carpet", "lamp"])
@pytest.mark.parametrize("garment", ["#203050", "#b03040", "#4f9a6f"])
def test_grounds(kind: str, garment: str) -> None:
    photo = floor(kind)
    photo.paste(garment, (0, 0), Image.fromarray(EXACT))
    found = segment_garment(np.asarray(photo))
    assert overlap(found.mask, EXACT) > 0.93
    assert found.confidence > DOUBTFUL
    assert found.left_out == 0


def test_white_on_off_white() -> None:
    photo = shirt("#fbfbfb", "#e4e0d8")
    assert overlap(segment_garment(np.asarray(photo)).mask, EXACT) > 0.93


def test_shadow_is_ground() -> None:
    shadow = Image.fromarray(EXACT).filter(ImageFilter.GaussianBlur(8))
    photo = Image.new("RGB", (300, 400), "#ddd8d0")
    photo.paste("#b3aea7", (8, 10), shadow)
    photo.paste("#9c2f3f", (0, 0), Image.fromarray(EXACT))
    assert overlap(segment_garment(np.asarray(photo)).mask, EXACT) > 0.93


@pytest.mark.parametrize(("radius", "expected"), [(12, 1), (22, 0)])
def test_a_small_hole_is_filled_and_a_large_one_is_not(radius: int, expected: int) -> None:
    """A button of the ground's colour is garment; what one sees through is ground."""
    photo = shirt("#203050", "#ddd8d0")
    box = (150 - radius, 220 - radius, 150 + radius, 220 + radius)
    ImageDraw.Draw(photo).ellipse(box, fill="#ddd8d0")
    inside = Image.new("L", photo.size)
    ImageDraw.Draw(inside).ellipse((box[0] + 3, box[1] + 3, box[2] - 3, box[3] - 3), fill=255)
    mask = segment_garment(np.asarray(photo)).mask
    assert (mask[np.asarray(inside) > 0] > 127).mean() == expected


def test_garment_that_reaches_the_border() -> None:
    photo = Image.new("RGB", (300, 400), "#d5d0c8")
    photo.paste("#2b3f66", (60, 90, 240, 400))
    expected = np.zeros((400, 300), dtype=np.uint8)
    expected[90:, 60:240] = 255
    assert overlap(segment_garment(np.asarray(photo)).mask, expected) > 0.95


def ellipses(*boxes: tuple[int, int, int, int]) -> Image.Image:
    photo = Image.new("RGB", (400, 300), "#d5d0c8")
    for box in boxes:
        ImageDraw.Draw(photo).ellipse(box, fill="#2b2b30")
    return photo


def test_pair_is_one_thing() -> None:
    found = segment_garment(np.asarray(ellipses((90, 60, 180, 240), (220, 60, 310, 240))))
    assert found.mask[150, 135] == found.mask[150, 265] == 255
    assert found.left_out == 0


def test_smaller_things_are_left_out_and_counted() -> None:
    found = segment_garment(np.asarray(ellipses((150, 40, 350, 260), (20, 80, 125, 220))))
    assert found.mask[150, 230] == 255
    assert found.mask[150, 60] == 0
    assert found.left_out == 1


@pytest.mark.parametrize("shape", [(1, 1), (5, 400), (90, 120)])
def test_nothing_to_find_is_the_whole_photo(shape: tuple[int, int]) -> None:
    found = segment_garment(np.full((*shape, 3), 200, dtype=np.uint8))
    assert found.mask.shape == shape
    assert found.mask.min() == 255
    assert found.confidence < DOUBTFUL


def test_hints_of_a_person_are_kept() -> None:
    photo = np.asarray(ellipses((40, 60, 170, 240), (230, 60, 360, 240)))
    hints = np.zeros(photo.shape[:2], dtype=np.uint8)
    hints[100:200, 260:330] = GARMENT
    hints[100:200, 70:140] = GROUND
    found = segment_garment(photo, hints)
    assert found.mask[150, 295] == 255
    assert found.mask[150, 105] == 0


def test_the_same_photo_gives_the_same_mask() -> None:
    photo = np.random.default_rng(3).integers(0, 256, (120, 90, 3), dtype=np.uint8)
    first = segment_garment(photo)
    segment_garment(np.asarray(shirt()))
    assert (segment_garment(photo).mask == first.mask).all()


def test_threads_do_not_disturb_each_other() -> None:
    noise = np.random.default_rng(4).integers(0, 256, (6, 90, 70, 3), dtype=np.uint8)
    alone = [segment_garment(photo).mask for photo in noise]
    with ThreadPoolExecutor(3) as pool:
        together = [found.mask for found in pool.map(segment_garment, noise)]
    assert all((a == b).all() for a, b in zip(alone, together, strict=True))


def test_a_box_finds_the_smaller_thing_in_a_corner() -> None:
    photo = np.asarray(ellipses((150, 40, 350, 260), (20, 80, 125, 220)))
    hints = np.full(photo.shape[:2], GROUND, dtype=np.uint8)
    hints[70:230, 10:135] = 0
    found = segment_garment(photo, hints)
    expected = np.zeros(photo.shape[:2], dtype=np.uint8)
    expected[np.asarray(ellipses((20, 80, 125, 220)).convert("L")) < 100] = 255
    assert overlap(found.mask, expected) > 0.9


def test_nothing_is_found_where_all_is_painted_ground() -> None:
    hints = np.full((400, 300), GROUND, dtype=np.uint8)
    assert not segment_garment(np.asarray(shirt()), hints).mask.any()


def test_where_nothing_stands_out_what_is_not_painted_ground_is_all_there_is() -> None:
    hints = np.full((90, 120), GROUND, dtype=np.uint8)
    hints[20:60, 30:70] = 0
    found = segment_garment(np.full((90, 120, 3), 200, dtype=np.uint8), hints)
    assert (found.mask == np.where(hints == GROUND, 0, 255)).all()


def test_a_box_finds_what_is_small_in_the_photo() -> None:
    small = (60, 200, 94, 234)
    photo = ellipses((150, 40, 350, 260), small)
    hints = np.full((300, 400), GROUND, dtype=np.uint8)
    hints[194:240, 54:100] = 0
    expected = np.asarray(ellipses(small).convert("L")) < 100
    assert overlap(segment_garment(np.asarray(photo), hints).mask, expected * 255) > 0.85
