from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fmnist.datasets import DATASETS
from fmnist.labelled_photos.masks import masked_photos, set_of
from fmnist.preprocessing import InputError
from tests.labelled_photos.tree import WORDS, street

NAMES = DATASETS["fashion-mnist"].class_names


def test_pixels_are_what_the_words_of_the_mask_may_be(tmp_path: Path) -> None:
    mask = np.zeros((60, 40), np.uint8)
    mask[0, : len(WORDS)] = range(len(WORDS))
    street(tmp_path / "street", {"0001": "jeans", "0002": "bag"}, {"0001": mask})
    (photo,) = masked_photos(tmp_path, NAMES)
    assert (photo.path.name, photo.mask.name) == ("0001.jpg", "0001.png")
    picture, sets = photo.read()
    assert picture.shape == (60, 40, 3)
    expected = {
        "null": {11},
        "jeans": {1},
        "scarf": {10},
        "hat": {10},
        "heels": {5, 7, 9},
        "cardigan": range(11),
        "bag": {8},
    }
    assert [int(each) for each in sets[0, : len(WORDS)]] == [
        set_of(expected[word]) for word in WORDS
    ]
    assert (sets[1:] == set_of({11})).all()


def test_a_mask_of_another_size_is_refused(tmp_path: Path) -> None:
    street(tmp_path, {"0001": "jeans"}, {"0001": np.zeros((30, 20), np.uint8)})
    (photo,) = masked_photos(tmp_path, NAMES)
    with pytest.raises(InputError, match=r"40 × 60 pixels, and its mask 20 × 30"):
        photo.read()
    photo.path.write_bytes(b"no picture")
    with pytest.raises(InputError, match="cannot be read"):
        photo.read()


def test_a_folder_without_masks_is_told_what_was_expected(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    for folder in (tmp_path, tmp_path / "not there"):
        with pytest.raises(InputError, match="no photos with masks"):
            masked_photos(folder, NAMES)
