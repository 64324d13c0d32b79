"""The forms of a picture that models take."""

from dataclasses import replace

import numpy as np

from fmnist.preprocessing import (
    CLOTHES,
    PHOTO_SIDE,
    Edits,
    Mark,
    ModelInputs,
    Picture,
    decode,
    preprocess_photo,
)
from fmnist.preprocessing.model_inputs import on_photo
from fmnist.preprocessing.square import squared
from tests.preprocessing.pictures import encode, shirt


def test_the_photo_model_sees_the_whole_photo_on_the_colour_of_its_border() -> None:
    picture = np.full((200, 100, 3), (10, 200, 90), np.uint8)
    picture[50:150, 25:75] = 255
    picture[0, :30] = 0  # a corner that is another colour does not matter
    photo = squared(picture, PHOTO_SIDE)
    assert photo.shape == (PHOTO_SIDE, PHOTO_SIDE, 3)
    assert (photo[4:40] == (10, 200, 90)).all()
    assert (photo[:, :48] == (10, 200, 90)).all(), "96 of 192 columns, centred"
    assert (photo[50:140, 74:118] == 255).all()


def test_a_photo_has_both_forms_and_an_image_one() -> None:
    inputs = preprocess_photo(decode(encode(shirt(), "JPEG"))).model_inputs
    assert inputs.of_shape((28, 28)) is inputs.image
    assert inputs.of_shape((PHOTO_SIDE, PHOTO_SIDE, 3)) is inputs.photo
    assert ModelInputs(inputs.image).of_shape((PHOTO_SIDE, PHOTO_SIDE, 3)) is None


def test_what_is_found_in_the_square_lies_on_the_photo_where_it_was() -> None:
    square = np.zeros((6, 6), np.float32)
    square[:, 3:] = 1
    tall = on_photo(square, (200, 100))
    assert tall.shape == (200, 100)
    assert tall[:, :20].max() < 0.2 and tall[:, -20:].min() > 0.8
    assert on_photo(square, (100, 200))[:, 150:].min() > 0.9
    np.testing.assert_allclose(on_photo(np.full((1, 1), 0.5, np.float32), (30, 40)), 0.5, atol=1e-6)


def test_the_strip_shows_where_the_photo_model_looks() -> None:
    seen: list[Picture] = []

    def locate(photo: Picture) -> np.ndarray:
        seen.append(photo)
        return np.array([[0, 1]], np.float32).repeat(2, axis=0)

    picture = np.full((100, 100, 3), 200, np.uint8)
    made = preprocess_photo(picture, replace(CLOTHES, locate=locate))
    titles = [title for title, _ in made.strip]
    assert titles[:3] == ["Your photo", "Where it is", "Find the garment"]
    lit = made.strip[1][1]
    assert lit[:, 90:].min() > 190 and lit[:, :10].max() < 60
    assert "Where it is" not in [title for title, _ in preprocess_photo(picture).strip]
    assert len(seen) == 1


def test_a_box_is_what_the_photo_model_sees() -> None:
    picture = np.zeros((100, 200, 3), np.uint8)
    picture[:, 100:] = 255
    box = Mark("box", ((0.6, 0.2), (0.9, 0.8)))
    photo = preprocess_photo(picture, CLOTHES, Edits((box,))).model_inputs.photo
    assert photo is not None and photo.min() == 255, "the right half, and nothing of the left"
    turned = preprocess_photo(picture, CLOTHES, Edits((box,), turns=1)).model_inputs.photo
    assert turned is not None and turned.min() == 255
    painted = Edits((Mark("garment", ((0.7, 0.5),), 0.1),))
    photo = preprocess_photo(picture, CLOTHES, painted).model_inputs.photo
    assert photo is not None and photo.min() == 0, "a stroke alone leaves it the whole photo"
