"""The forms of a picture that models take."""

import numpy as np

from fmnist.preprocessing import SHARP_SIDE, Seen, decode, photo_to_seen
from fmnist.preprocessing.model_inputs import sharpened
from tests.inputs.pictures import encode, shirt


def test_a_garment_fills_the_sharper_form_on_white() -> None:
    garment = np.zeros((200, 100, 4), np.uint8)
    garment[..., 0], garment[..., 3] = 180, 255
    garment[:20, :, 3] = 0
    sharp = sharpened(garment)
    assert sharp.shape == (SHARP_SIDE, SHARP_SIDE, 3)
    assert (sharp[10:, 16:48] == (180, 0, 0)).all(), "100 of 200 pixels are 32 of 64, centred"
    assert (sharp[:6] == 255).all(), "what is not garment is white"
    assert (sharp[:, :16] == 255).all()


def test_a_photo_has_both_forms_and_an_image_one() -> None:
    seen = photo_to_seen(decode(encode(shirt(), "JPEG")))
    assert seen.of_shape((28, 28)) is seen.image
    assert seen.of_shape((SHARP_SIDE, SHARP_SIDE, 3)) is seen.sharp
    assert Seen(seen.image).of_shape((SHARP_SIDE, SHARP_SIDE, 3)) is None
