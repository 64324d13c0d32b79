import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fmnist.labelled_photos import LabelledPhoto, read_labelled_photo
from fmnist.labelled_photos.read import cut_out
from fmnist.preprocessing import PIPELINES, READERS, InputError
from fmnist.preprocessing.model_inputs import BOX_MARGIN
from tests.preprocessing.pictures import shirt

# Every pixel says where it is: red its column, green its row.
PLACES = np.stack(np.broadcast_arrays(np.arange(200)[None], np.arange(100)[:, None], 7), axis=2)


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


def bounds(data: bytes) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a part of ``PLACES``."""
    part = np.asarray(Image.open(io.BytesIO(data)))
    return part[0, 0, 1], part[0, 0, 0], part[-1, -1, 1] + 1, part[-1, -1, 0] + 1


def test_a_part_has_a_margin_of_its_longer_side() -> None:
    assert BOX_MARGIN == 0.1
    assert bounds(cut_out(png(PLACES), "a", (30, 50, 50, 110))) == (24, 44, 56, 116)


def test_the_margin_ends_where_the_picture_does() -> None:
    assert bounds(cut_out(png(PLACES), "a", (2, 1, 98, 199))) == (0, 0, 100, 200)


def test_a_box_is_in_the_pixels_of_a_large_file(tmp_path: Path) -> None:
    large = np.zeros((900, 1200, 3), np.uint8)
    large[600:800, 700:1000] = (200, 30, 40)
    part = np.asarray(Image.open(io.BytesIO(cut_out(png(large), "a", (600, 700, 800, 1000)))))
    assert part.shape == (260, 360, 3), "it is not reduced first"
    assert (part[30:230, 30:330] == (200, 30, 40)).all()
    assert not part[:30].any()


def test_a_labelled_photo_is_read_as_one_that_somebody_brings(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    shirt("#203050").save(path)
    photo = LabelledPhoto(path, "t-shirt/a.png", "", "t-shirt", frozenset({0}), False)
    expected = READERS["photo"](path.read_bytes())
    np.testing.assert_array_equal(read_labelled_photo(photo).image, expected.image)
    box = (40, 30, 260, 200)
    expected = READERS["photo"](cut_out(path.read_bytes(), "", box))
    part = read_labelled_photo(replace(photo, box=box))
    np.testing.assert_array_equal(part.image, expected.image)
    handwriting = PIPELINES["handwriting"]
    digit = READERS["photo"](path.read_bytes(), "", handwriting)
    np.testing.assert_array_equal(read_labelled_photo(photo, handwriting).image, digit.image)
    assert (digit.image != read_labelled_photo(photo).image).any()


def test_a_file_that_cannot_be_read_is_named_from_the_root(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    photo = LabelledPhoto(path, "t-shirt/a.png", "", "t-shirt", frozenset({0}), False)
    with pytest.raises(InputError, match=r"^t-shirt/a\.png cannot be read: No such file"):
        read_labelled_photo(photo)
    path.write_text("no picture")
    for box in (None, (0, 0, 10, 10)):
        with pytest.raises(InputError, match=r"“t-shirt/a\.png” is not an image"):
            read_labelled_photo(replace(photo, box=box))
