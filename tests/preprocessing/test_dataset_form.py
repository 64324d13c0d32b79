"""Images in the data set's own form, brought as photos."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fmnist.datasets import DATASETS
from fmnist.preprocessing import READERS, UNEDITED, Edits, Mark, decode_photo, preprocess_photo
from fmnist.preprocessing.dataset_form import dataset_form
from fmnist.preprocessing.model_inputs import AS_IT_IS
from tests.preprocessing.pictures import encode, shirt


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    """A trouser-like and a shoe-like thing with grain, as in the data set: uint8 (2, 28, 28)."""
    grain = np.random.default_rng(0).integers(-40, 40, (2, 28, 28))
    shapes = np.zeros((2, 28, 28))
    shapes[0, :, 9:19], shapes[0, 10:, 13:15] = 170, 0
    shapes[1, 12:20, 18:], shapes[1, 17:22, :] = 120, 200
    return np.where(shapes > 0, shapes + grain, 0).clip(0, 255).astype(np.uint8)


def enlarged(image: np.ndarray, side: int, how: Image.Resampling) -> Image.Image:
    return Image.fromarray(image).resize((side, side), how)


def framed(picture: Image.Image, line: int = 2, margin: int = 30) -> Image.Image:
    """On white, within a black line."""
    side = picture.width + 2 * (line + margin)
    page = Image.new("L", (side, side), "white")
    box = (margin, margin, side - margin - 1, side - margin - 1)
    ImageDraw.Draw(page).rectangle(box, fill="black")
    page.paste(picture, (line + margin, line + margin))
    return page


WAYS = {
    "as it is": lambda image: Image.fromarray(image),
    "twice": lambda image: enlarged(image, 56, Image.Resampling.NEAREST),
    "crisp": lambda image: enlarged(image, 280, Image.Resampling.NEAREST),
    "odd": lambda image: enlarged(image, 300, Image.Resampling.NEAREST),
    "smooth": lambda image: enlarged(image, 280, Image.Resampling.BICUBIC),
    "larger than what is worked on": lambda image: enlarged(image, 1120, Image.Resampling.BILINEAR),
    "framed": lambda image: framed(enlarged(image, 280, Image.Resampling.BICUBIC)),
    "on white": lambda image: framed(enlarged(image, 280, Image.Resampling.NEAREST), 0),
}
FORMATS = [("PNG", {}), ("JPEG", {"quality": 90}), ("JPEG", {"quality": 75})]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("file_format", "options"), FORMATS)
@pytest.mark.parametrize("inverted", [False, True])
def test_it_is_recognised_and_taken_as_it_is(
    way: str, file_format: str, options: dict[str, int], inverted: bool, images: np.ndarray
) -> None:
    if (way, inverted) == ("on white", True):
        return  # nothing shows where it ends
    for image in images:
        data = encode(WAYS[way](255 - image if inverted else image), file_format, **options)
        inputs = READERS["photo"](data, "image.png")
        assert inputs.photo is None
        assert np.abs(inputs.image.astype(int) - image).mean() < 4


def test_the_page_is_told_so(images: np.ndarray) -> None:
    picture = decode_photo(encode(WAYS["crisp"](images[1])))
    made = preprocess_photo(picture)
    assert made.note == AS_IT_IS
    assert (made.model_inputs.image == images[1]).all()
    assert (made.strip[0][1] == picture).all()
    assert (made.strip[-1][1] == images[1]).all()
    assert made.segmentation.confidence == 1
    assert made.segmentation.mask.shape == (280, 280)


def test_edits_count(images: np.ndarray) -> None:
    picture = decode_photo(encode(WAYS["crisp"](images[1])))
    turned = preprocess_photo(picture, edits=UNEDITED.rotate().invert())
    assert (turned.model_inputs.image == 255 - np.rot90(images[1], -1)).all()
    mark = Edits((Mark("garment", ((0.4, 0.5), (0.6, 0.5)), 0.1),))
    assert not preprocess_photo(picture, edits=mark).note


def blurred(size: tuple[int, int]) -> Image.Image:
    return shirt("#202020", "white").convert("L").resize((40, 53)).resize(size).convert("RGB")


NONE_OF_IT = {
    "a gray photo": shirt("#202020", "white").convert("L"),
    "a square one": shirt("#202020", "white", (280, 280)).convert("L"),
    "on black": shirt("#e0e0e0", "black", (280, 280)).convert("L"),
    "blurred": blurred((280, 280)),
    "in colour": shirt("#203050", "white", (28, 28)),
    "on gray": shirt("#202020", "#909090", (28, 28)).convert("L"),
    "smaller": shirt("#202020", "white", (27, 27)).convert("L"),
    "black": Image.new("L", (280, 280)),
    "white": Image.new("L", (280, 280), 255),
    "noise": Image.effect_noise((280, 280), 90),
}


@pytest.mark.parametrize("name", NONE_OF_IT)
def test_other_pictures_have_another_form(name: str) -> None:
    assert dataset_form(np.asarray(NONE_OF_IT[name].convert("RGB"))) is None
    assert dataset_form(np.asarray(NONE_OF_IT[name].convert("RGBA"))) is None


def test_real_images_come_back(data: Path) -> None:
    ways = [Image.Resampling[name] for name in ("NEAREST", "BOX", "BILINEAR", "BICUBIC", "LANCZOS")]
    images = DATASETS["fashion-mnist"].load("test", download=False).images
    if len(images) < 10_000:
        pytest.skip("Fashion-MNIST is not on this machine; a small data set stands in for it")
    for number, image in enumerate(images[:60]):
        side, how = (100, 280, 500)[number % 3], ways[number % 5]
        picture = enlarged(255 - image if number % 2 else image, side, how)
        found = dataset_form(np.asarray(picture.convert("RGB")))
        assert found is not None
        assert np.abs(found.astype(int) - image).mean() < 6
