"""Trousers that lie across, and what does not."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fmnist.preprocessing import preprocess_photo
from fmnist.preprocessing.steps.garment import straighten
from fmnist.preprocessing.steps.sideways import turn_trousers
from tests.preprocessing.pictures import shirt

TROUSERS = [(30, 10), (70, 10), (80, 190), (56, 190), (50, 60), (44, 190), (20, 190)]
SHOE = [(10, 60), (20, 60), (30, 90), (90, 105), (90, 125), (10, 125)]


def cut_out(corners: list[tuple[int, int]], turns: int = 0) -> np.ndarray:
    """An outline in a picture of 100×200, turned by quarters anticlockwise."""
    alpha = Image.new("L", (100, 200))
    ImageDraw.Draw(alpha).polygon(corners, fill=255)
    mask = np.asarray(alpha)
    return np.rot90(np.dstack([mask // 2, mask // 3, mask // 4, mask]), turns)


@pytest.mark.parametrize("turns", [1, -1])
@pytest.mark.parametrize("longer", [0, 6])
def test_trousers_hang_down(turns: int, longer: int) -> None:
    corners = [(x, y + longer * (y == 190 and x > 50)) for x, y in TROUSERS]
    upright = cut_out(corners)
    assert (turn_trousers(cut_out(corners, turns)) == upright).all()
    assert (turn_trousers(upright) == upright).all()


@pytest.mark.parametrize("turns", [0, 2])
def test_what_stands_upright_stays(turns: int) -> None:
    for corners in (TROUSERS, SHOE):
        picture = cut_out(corners, turns)
        assert turn_trousers(picture) is picture


def shirt_cut_out(turns: int) -> np.ndarray:
    alpha = np.asarray(shirt("white", "black").convert("L"))
    return np.rot90(np.dstack([np.asarray(shirt()), alpha]), turns)


@pytest.mark.parametrize(
    "picture",
    [
        cut_out(SHOE, 1),
        cut_out([(10, 10), (90, 10), (90, 190), (10, 190)], 1),
        cut_out([(50, 10), (90, 190), (10, 190)], 1),
        shirt_cut_out(0),
        shirt_cut_out(1),
        np.zeros((9, 9, 4), np.uint8),
    ],
    ids=["shoe", "rectangle", "dress", "shirt", "shirt across", "nothing"],
)
def test_what_has_no_legs_stays(picture: np.ndarray) -> None:
    assert turn_trousers(picture) is picture


def test_a_pair_is_not_turned() -> None:
    """Two things beside each other are open at both ends."""
    pair = np.zeros((100, 200, 4), np.uint8)
    pair[10:45, 10:190], pair[55:90, 10:190] = 255, 255
    assert turn_trousers(pair) is pair


def test_they_are_turned_when_a_photo_is_straightened() -> None:
    across = cut_out(TROUSERS, 1)
    assert straighten(across).shape[:2] == (200, 100)
    photo = np.full((140, 240, 3), 235, np.uint8)
    photo[20:120, 20:220][across[..., 3] > 0] = (32, 48, 80)
    image = preprocess_photo(photo).model_inputs.image > 60
    assert image.any(axis=1).sum() == 28
    legs, waist = (
        np.abs(np.diff(image[row].astype(int), prepend=0, append=0)).sum() for row in (24, 3)
    )
    assert (legs, waist) == (4, 2)
