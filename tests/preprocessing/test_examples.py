"""The bundled example pictures."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import DATASETS
from fmnist.inference.ensemble import Ensemble
from fmnist.inference.garments import read_garments
from fmnist.labelled_photos.words import classes_of
from fmnist.models import default_store
from fmnist.preprocessing import PIPELINES, decode, preprocess_photo
from fmnist.preprocessing.pipelines import HANDWRITING

ENSEMBLE = Ensemble.load(default_store(), "everyday")
CLASS_NAMES = DATASETS["fashion-mnist"].class_names
FOLDER = Path(__file__).parents[2] / "examples"
CLOTHES, DIGITS = (sorted((FOLDER / name).iterdir()) for name in PIPELINES)


PACKED = FOLDER / "clothes" / "packed.jpg"


@pytest.mark.parametrize("path", [p for p in CLOTHES if p != PACKED], ids=lambda path: path.name)
def test_example_is_small_and_becomes_a_bright_garment_on_black(path: Path) -> None:
    data = path.read_bytes()
    assert len(data) < 60_000
    picture = decode(data, path.name)
    assert picture.shape == (512, 512, 3)
    inputs = preprocess_photo(picture, ENSEMBLE.pipeline).model_inputs
    image = inputs.image
    # Shoes touch the sides and the rest top and bottom: the other two edges are all ground.
    edges = sorted((image[0].mean(), image[-1].mean(), image[:, 0].mean(), image[:, -1].mean()))
    assert edges[0] < 30
    assert np.percentile(image, 80) > 90
    prediction = ENSEMBLE.predict(inputs)
    assert prediction.label in (classes_of(path.stem, CLASS_NAMES) or ())
    assert prediction.verdict(0.5) == "confident"


def test_in_one_of_them_four_things_lie_beside_each_other() -> None:
    assert PACKED.stat().st_size < 60_000
    found = read_garments(ENSEMBLE, decode(PACKED.read_bytes(), PACKED.name))
    assert {CLASS_NAMES[each.prediction.label] for each in found} == {
        "T-shirt/top", "Trouser", "Bag", "Sneaker",
    }  # fmt: skip
    assert [each.prediction.verdict(0.5) for each in found] == ["confident"] * 4


@pytest.mark.parametrize("path", DIGITS, ids=lambda path: path.name)
def test_a_written_example_becomes_a_digit_alone(path: Path) -> None:
    data = path.read_bytes()
    assert len(data) < 60_000
    image = preprocess_photo(decode(data, path.name), HANDWRITING).model_inputs.image
    # The box of 20×20, somewhere in the middle, and nothing of rules, shadows and grain around it.
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) == 19
    assert 0.06 < (image > 127).mean() < 0.25


def test_every_pipeline_has_examples() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} >= set(PIPELINES)
    assert 4 <= len(CLOTHES) <= 10
    assert 2 <= len(DIGITS) <= 6


def test_they_are_what_the_script_renders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import render
    import studio

    drawn = {f"clothes/{path.stem}.jpg" for path in (FOLDER / "svg").iterdir()}
    assert {*render.SCENES, *drawn} == {f"{p.parent.name}/{p.name}" for p in CLOTHES + DIGITS}
    pieces, ground = render.SCENES["clothes/bag.jpg"]
    rendered = studio.photograph(pieces, ground, list(render.SCENES).index("clothes/bag.jpg"))
    committed = decode((FOLDER / "clothes" / "bag.jpg").read_bytes(), max_side=studio.SIDE)
    # JPEG changes single pixels a good deal, and the picture hardly at all.
    assert np.abs(np.asarray(rendered).astype(int) - committed).mean() < 2
