"""What holds for every pipeline, and what the pipeline of handwriting does."""

import numpy as np
import pytest
from PIL import Image

from fmnist.datasets import DATASETS, DataUnavailableError
from fmnist.preprocessing import (
    PIPELINES,
    READERS,
    UNEDITED,
    Edits,
    InputError,
    Pipeline,
    drawing_to_image,
    preprocess_photo,
)
from fmnist.preprocessing.outline import line_width
from fmnist.preprocessing.pipelines import HANDWRITING
from fmnist.preprocessing.steps.mnist import NARROWEST, WIDEST, centre, pen, shrink
from tests.preprocessing.pictures import encode
from tests.preprocessing.sheets import photographed, seven


@pytest.fixture(params=PIPELINES)
def pipeline(request: pytest.FixtureRequest) -> Pipeline:
    return PIPELINES[request.param]


def test_a_drawing_becomes_one_image(pipeline: Pipeline) -> None:
    image = drawing_to_image(seven(), pipeline)
    assert image is not None
    assert image.dtype == np.uint8
    assert image.shape == (28, 28)
    assert drawing_to_image(seven() * 0, pipeline) is None


def test_a_photo_becomes_one_image_step_by_step(pipeline: Pipeline) -> None:
    photo = photographed(seven())
    made = preprocess_photo(photo, pipeline)
    titles = [title for title, _ in made.strip]
    assert titles == ["Your photo", pipeline.segment_title, *(s.title for s in pipeline.steps)]
    assert len(set(titles)) == len(titles)
    assert made.strip[-1][1].shape == (28, 28)
    assert (made.strip[0][1] == photographed(seven())).all()
    assert made.segmentation.mask.shape == photo.shape[:2]


def test_steps_are_pure(pipeline: Pipeline) -> None:
    photo = photographed(seven())
    picture = pipeline.cut_out(photo, pipeline.segment(photo).mask)
    for step in pipeline.steps:
        before = picture.copy()
        first, second = step.apply(picture), step.apply(picture)
        assert (picture == before).all()
        assert first.dtype == np.uint8
        assert (first == second).all()
        picture = first


def written(drawing: np.ndarray) -> np.ndarray:
    image = drawing_to_image(drawing, HANDWRITING)
    assert image is not None
    return image.astype(int)


def written_photo(photo: np.ndarray, edits: Edits = UNEDITED) -> np.ndarray:
    return preprocess_photo(photo, HANDWRITING, edits).model_inputs.image.astype(int)


def test_a_digit_fits_a_box_of_20_around_its_centre_of_mass() -> None:
    image = written(seven())
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) == 19
    mass = image.sum()
    assert abs(image.sum(axis=1) @ np.arange(28) / mass - 14) <= 0.5
    assert abs(image.sum(axis=0) @ np.arange(28) / mass - 14) <= 0.5


def test_place_and_size_on_the_canvas_do_not_matter() -> None:
    image = written(seven(box=(20, 20, 280), pen=26))
    assert (written(np.roll(seven(), (40, -60), axis=(0, 1))) == written(seven())).all()
    assert np.abs(written(seven(box=(150, 40, 140), pen=13)) - image).mean() < 3


def test_what_a_line_encloses_stays_empty() -> None:
    y, x = np.mgrid[:320, :320]
    ring = np.abs(np.hypot(y - 160, 1.4 * (x - 160)) - 100) < 9
    alpha = np.uint8(255) * ring.astype(np.uint8)
    image = written(np.dstack([np.zeros((320, 320, 3), np.uint8), alpha]))
    assert image[13:15, 13:15].max() == 0
    filled = drawing_to_image(np.dstack([alpha] * 4))
    assert filled is not None
    assert filled[13:15, 13:15].min() > 100


@pytest.mark.parametrize("width", [4, 8, 16, 32, 60])
def test_a_pen_comes_to_a_usual_width(width: int) -> None:
    ink = seven(640, (40, 40, 500), width)[..., 3]
    ink = ink[np.ix_(ink.any(axis=1), ink.any(axis=0))]
    before = line_width((ink > 127).astype(np.uint8)) / max(ink.shape)
    made = pen(ink)
    share = line_width((made > 127).astype(np.uint8)) / max(made.shape)
    assert 0.9 * NARROWEST < share < 1.1 * WIDEST
    if NARROWEST < before < WIDEST:
        assert made is ink


@pytest.mark.parametrize(
    ("shape", "expected"), [((200, 100), (20, 10)), ((3, 300), (1, 20)), ((5, 5), (20, 20))]
)
def test_shrink_keeps_the_aspect(shape: tuple[int, int], expected: tuple[int, int]) -> None:
    assert shrink(np.full(shape, 255, np.uint8)).shape == expected


@pytest.mark.parametrize("corner", [(0, 0), (0, -1), (-1, 0)])
def test_nothing_is_cut_off_where_the_mass_is_at_one_end(corner: tuple[int, int]) -> None:
    picture = np.ones((20, 20), np.uint8)
    picture[corner] = 255
    assert centre(picture).sum() == picture.sum()


def test_a_digit_of_mnist_is_centred_where_it_was() -> None:
    try:
        images = DATASETS["mnist"].load("test", download=False).images[:500]
    except DataUnavailableError:
        pytest.skip("MNIST is not on this machine: FMNIST_DATA_DIR names the folder above it")
    for image in images:
        cropped = image[np.ix_(image.any(axis=1), image.any(axis=0))]
        np.testing.assert_array_equal(centre(cropped), image)


def test_a_sheet_and_a_drawing_of_the_same_digit_are_alike() -> None:
    image = written_photo(photographed(seven(), light="shadow", ruled=True))
    assert np.abs(image.astype(int) - written(seven())).mean() < 8


def test_a_photo_turned_by_a_person_is_a_digit_turned() -> None:
    photo = photographed(seven())
    turned = written_photo(np.rot90(photo).copy(), Edits(turns=1))
    assert np.abs(written_photo(photo) - turned).mean() < 3


@pytest.mark.parametrize("kind", READERS)
def test_every_kind_of_file_takes_the_pipeline(kind: str, pipeline: Pipeline) -> None:
    picture = seven()[..., 3]
    picture = picture if kind != "image" else written(seven()).astype(np.uint8)
    inputs = READERS[kind](encode(Image.fromarray(255 - picture)), "seven.png", pipeline)
    assert inputs.image.shape == (28, 28)


def test_a_blank_sheet_is_a_sentence() -> None:
    data = encode(Image.new("RGB", (99, 99), "white"))
    with pytest.raises(InputError, match=r"“blank\.png” shows nothing .* on plain paper"):
        READERS["photo"](data, "blank.png", HANDWRITING)
