"""28×28 images in the model's own form."""

import numpy as np
import pytest
from PIL import Image

from fmnist.preprocessing import READERS, InputError
from tests.preprocessing.pictures import encode

PIXELS = np.random.default_rng(0).integers(0, 256, (28, 28), dtype=np.uint8)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P"])
def test_pixels_stay_as_they_are(mode: str) -> None:
    image = READERS["image"](encode(Image.fromarray(PIXELS).convert(mode))).image
    assert (image == PIXELS).all()
    assert image.dtype == np.uint8


def test_transparency_is_ground() -> None:
    picture = Image.new("RGBA", (28, 28), (255, 255, 255, 0))
    picture.paste((200, 200, 200, 255), (5, 5, 20, 20))
    image = READERS["image"](encode(picture)).image
    assert image[0, 0] == 0
    assert image[10, 10] == 200


@pytest.mark.parametrize("size", [(27, 28), (28, 29), (1, 1), (600, 400), (5000, 20)])
def test_another_size_is_named(size: tuple[int, int]) -> None:
    with pytest.raises(InputError, match=rf"“x\.png” has {size[0]} × {size[1]} pixels"):
        READERS["image"](encode(Image.new("L", size)), "x.png")
