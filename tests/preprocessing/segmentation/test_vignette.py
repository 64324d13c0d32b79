"""Light that falls off in the corners, and light that does not."""

import numpy as np
import pytest
from PIL import Image

from fmnist.preprocessing.segmentation.clothes import segment_clothes
from fmnist.preprocessing.segmentation.vignette import even_out
from tests.preprocessing.pictures import shirt

EXACT = np.asarray(shirt("white", "black").convert("L")) > 127
Y, X = np.mgrid[-1:1:400j, -1:1:300j]
AWAY = np.hypot(X, Y) / 2**0.5
FALL_OFFS = {
    "a lens's": 1 - 0.8 * AWAY**2,
    "late": 1 - AWAY**4,
    "a filter's": 1 - np.clip((AWAY - 0.55) / 0.35, 0, 1) ** 2,
    "an oval": 1 - np.clip((np.hypot(X, Y) - 0.8) / 0.5, 0, 1),
}


def photo(garment: str, ground: str, light: np.ndarray | float = 1.0) -> np.ndarray:
    grain = np.random.default_rng(0).normal(0, 3, (400, 300, 3))
    evenly = np.asarray(shirt(garment, ground)) + grain
    return np.clip(evenly * np.reshape(light, (*np.shape(light), 1)), 0, 255).astype(np.uint8)


def overlap(photo: np.ndarray) -> float:
    found = segment_clothes(photo).mask > 127
    return float((found & EXACT).sum() / (found | EXACT).sum())


@pytest.mark.parametrize("fall_off", FALL_OFFS)
@pytest.mark.parametrize(
    ("garment", "ground"),
    [
        ("#b03040", "#f4f4f0"),
        ("#4f9a6f", "#f4f4f0"),
        ("#e8e4da", "#b8b4ae"),
        ("#203050", "#b08d63"),
    ],
)
def test_the_garment_is_found_and_not_the_light(fall_off: str, garment: str, ground: str) -> None:
    assert overlap(photo(garment, ground, FALL_OFFS[fall_off])) > 0.93


@pytest.mark.parametrize("fall_off", FALL_OFFS)
def test_the_ground_comes_out_even(fall_off: str) -> None:
    even = even_out(photo("#b03040", "#b8b4ae", FALL_OFFS[fall_off]))
    ground = even[~EXACT & (FALL_OFFS[fall_off] > 0.3)].astype(float)
    assert np.ptp(np.percentile(ground[:, 1], (10, 90))) < 0.12 * ground[:, 1].mean()


EVEN = {
    "even": photo("#b03040", "#f4f4f0"),
    "on black": photo("#b03040", "#181818"),
    "from one side": photo("#b03040", "#f4f4f0", 1 - 0.4 * (X + 1)),
    "dark in one corner": photo("#b03040", "#f4f4f0", 1 - 0.9 * np.clip(X + Y - 0.8, 0, 1)),
    "a little darker": photo("#b03040", "#f4f4f0", 1 - 0.25 * AWAY**2),
    "small": photo("#b03040", "#f4f4f0", FALL_OFFS["late"])[180:210],
    "black": np.zeros((400, 300, 3), np.uint8),
}


@pytest.mark.parametrize("name", EVEN)
def test_other_light_stays_as_it_is(name: str) -> None:
    assert even_out(EVEN[name]) is EVEN[name]


def test_a_garment_that_fills_the_photo_stays_as_it_is() -> None:
    picture = np.asarray(Image.fromarray(EXACT).resize((600, 800)).crop((150, 200, 450, 600)))
    cloth = np.where(picture[..., None], (176, 48, 64), (240, 240, 236)).astype(np.uint8)
    assert even_out(cloth) is cloth
