"""Which way a garment is found."""

import numpy as np

from fmnist.preprocessing.segmentation import GARMENT
from fmnist.preprocessing.segmentation.clothes import segment_clothes
from fmnist.preprocessing.segmentation.garment import segment_garment
from tests.preprocessing.pictures import shirt


def test_in_a_blank_photo_there_is_nothing_until_it_is_painted() -> None:
    blank = np.full((90, 120, 3), 200, dtype=np.uint8)
    assert not segment_clothes(blank).mask.any()
    hints = np.zeros((90, 120), dtype=np.uint8)
    hints[20:70, 30:90] = GARMENT
    assert segment_clothes(blank, hints).mask[20:70, 30:90].all()


def test_hints_are_kept() -> None:
    photo = np.asarray(shirt("#fbfbfb", "#e4e0d8"))
    hints = np.zeros(photo.shape[:2], dtype=np.uint8)
    hints[10:30, 10:40] = GARMENT
    expected = segment_garment(photo, hints).mask
    assert expected[20, 20] == 255
    assert (segment_clothes(photo, hints).mask == expected).all()
