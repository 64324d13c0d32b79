"""The contract over every kind of input."""

import numpy as np
import pytest
from PIL import Image

from fmnist.preprocessing import READERS, InputError
from tests.preprocessing.pictures import encode


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_gives_one_image(kind: str, mode: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (28, 28, 3), dtype=np.uint8)
    noise[6:22, 8:20] = 0  # noise alone is blank
    if mode == "I;16":
        picture = Image.fromarray(noise[..., 0].astype(np.uint16) * 257)
    else:
        picture = Image.fromarray(noise).convert("RGB").convert("L" if mode == "LA" else "RGB")
        picture = picture.convert(mode)
    image = READERS[kind](encode(picture, "TIFF"), "noise.tif").image
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8


@pytest.mark.parametrize("kind", READERS)
def test_every_kind_names_a_bad_file(kind: str) -> None:
    with pytest.raises(InputError, match=r"“bad\.png”"):
        READERS[kind](b"no image at all", "bad.png")
