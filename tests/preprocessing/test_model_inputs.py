"""The forms of a picture that models take."""

import numpy as np

from fmnist.preprocessing import PHOTO_SIDE, ModelInputs, decode, preprocess_photo
from fmnist.preprocessing.model_inputs import photo_input
from tests.preprocessing.pictures import encode, shirt


def test_a_garment_fills_the_photo_model_s_form_on_white() -> None:
    garment = np.zeros((200, 100, 4), np.uint8)
    garment[..., 0], garment[..., 3] = 180, 255
    garment[:20, :, 3] = 0
    photo = photo_input(garment)
    assert photo.shape == (PHOTO_SIDE, PHOTO_SIDE, 3)
    assert (photo[10:, 16:48] == (180, 0, 0)).all(), "100 of 200 pixels are 32 of 64, centred"
    assert (photo[:6] == 255).all(), "what is not garment is white"
    assert (photo[:, :16] == 255).all()


def test_a_photo_has_both_forms_and_an_image_one() -> None:
    inputs = preprocess_photo(decode(encode(shirt(), "JPEG"))).model_inputs
    assert inputs.of_shape((28, 28)) is inputs.image
    assert inputs.of_shape((PHOTO_SIDE, PHOTO_SIDE, 3)) is inputs.photo
    assert ModelInputs(inputs.image).of_shape((PHOTO_SIDE, PHOTO_SIDE, 3)) is None
