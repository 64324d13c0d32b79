"""From a photo to 28×28."""

import numpy as np
import pytest

from fmnist.preprocessing import CLOTHES, decode, preprocess_photo
from tests.preprocessing.pictures import encode, shirt


def garment_and_ground(image: np.ndarray) -> tuple[float, float]:
    return float(image[10:20, 10:18].mean()), float(image[:, [0, 27]].mean())


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_dark_garment_on_white_becomes_bright_on_black(file_format: str) -> None:
    image = preprocess_photo(decode(encode(shirt(), file_format))).model_inputs.image
    garment, ground = garment_and_ground(image)
    assert garment > 180
    assert ground < 30


def test_garment_is_centred_and_fills_the_image() -> None:
    image = preprocess_photo(np.asarray(shirt(size=(200, 400)))).model_inputs.image
    rows = np.flatnonzero((image > 60).any(axis=1))
    columns = np.flatnonzero((image > 60).any(axis=0))
    assert (rows[0], rows[-1]) == (0, 27)
    assert abs(columns[0] - (27 - columns[-1])) <= 1


@pytest.mark.parametrize(
    "shape", [(1, 1), (1, 300), (300, 1), (2, 2), (3, 500), (28, 28), (27, 29), (512, 384)]
)
@pytest.mark.parametrize("kind", ["noise", "black", "white"])
def test_any_picture_gives_one_image(shape: tuple[int, int], kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    picture = {"noise": noise, "black": noise * 0, "white": noise * 0 + 255}[kind]
    before = picture.copy()
    image = preprocess_photo(picture).model_inputs.image
    assert image.dtype == np.uint8
    assert image.shape == (28, 28)
    assert (picture == before).all()


def test_strip_shows_every_step() -> None:
    picture = np.asarray(shirt())
    made = preprocess_photo(picture)
    strip, steps = made.strip, [step.title for step in CLOTHES.steps]
    assert [title for title, _ in strip] == ["Your photo", CLOTHES.segment_title, *steps]
    assert (strip[0][1] == picture).all()
    assert (strip[-1][1] == made.model_inputs.image).all()
    for _, shown in strip:
        assert shown.dtype == np.uint8
        assert shown.ndim == 2 or shown.shape[2] in (3, 4)
