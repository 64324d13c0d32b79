from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks import photos
from benchmarks.figure import NotMeasuredError
from fmnist.labelled_photos.photo import is_held_out
from tests.labelled_photos.tree import photo
from tests.preprocessing.pictures import shirt


@pytest.fixture
def folder(tmp_path: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FMNIST_TEST_PHOTOS", str(tmp_path / "photos"))
    monkeypatch.setattr(photos, "_TWELVE_MEGAPIXELS", (400, 300))
    return tmp_path / "photos"


def take(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shirt("#203050").save(path)


def test_each_source_has_rows_and_photos_to_learn_from_have_none(folder: Path) -> None:
    for name in ("train/t-shirt/a", "validation/t-shirt/b", "validation/shirt/c"):
        take(folder / f"{name}.png")
    drawn = [stem for stem in map(str, range(40)) if is_held_out(stem)]
    for stem in [*drawn, "0"]:  # of things of no kind some are held out, by name
        take(folder / "things" / "background" / f"{stem}.png")
    figures = photos.measure()
    told = {figure.what: figure for figure in figures}
    right = told["validation: right, mean of 2 classes"]
    assert (right.n, right.target, right.better) == (2, 0.94, "high")
    assert right.interval and right.interval[0] < right.value < right.interval[1] <= 1
    others = told["validation: one of the ten, called unfamiliar"]
    assert (others.n, others.target, others.better) == (2, 0.02, "low")
    assert not any(what.startswith("train") for what in told), "it is no measure"
    things = told["things: AUROC, none of the ten told from the others"]
    assert (things.n, things.target) == (len(drawn), 0.99)
    assert drawn and "0" not in drawn
    ways = [what for what in told if what.startswith("validation: right, ")][1:]
    assert [told[what].n for what in ways] == [2] * 7
    assert sum("alone" in what for what in ways) == 2, "each of the two models"
    assert sum("only shrunk" in what for what in ways) == 2
    (latency,) = (figure for figure in figures if figure.unit == "ms")
    assert len(latency.runs) == 3 * 2, "of each folder one photo, three times"


def test_without_people_s_own_photos_nothing_is_measured(folder: Path) -> None:
    photo(folder / "more" / "pants" / "a.jpg")
    with pytest.raises(NotMeasuredError, match=r"no photos in .*validation to compare ways by"):
        photos.measure()


def test_only_shrunk_is_what_everybody_does_first() -> None:
    wide = Image.new("RGB", (60, 30), (200, 200, 200))
    image = photos.shrink(np.asarray(wide)).image
    assert image.shape == (28, 28)
    assert (image == 200).all()
