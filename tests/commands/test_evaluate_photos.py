"""``evaluate --photos``, of a folder of kinds and of a folder of sources."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from fmnist.__main__ import cli
from fmnist.datasets import DATASETS
from fmnist.inference.ensemble import Ensemble
from fmnist.labelled_photos import LabelledPhoto, labelled_photos, read_labelled_photo
from fmnist.models import ModelStore
from tests.commands.refusal import assert_refused
from tests.labelled_photos.tree import photo as gray_photo
from tests.labelled_photos.tree import shoe_table, street
from tests.preprocessing.pictures import shirt

CLASS_NAMES = DATASETS["fashion-mnist"].class_names
COLOURS = ("#203050", "#a02020", "#107040", "#504020")


@pytest.fixture(autouse=True)
def places(models_folder: Path) -> Path:
    return models_folder


def take(folder: Path, *names: str) -> None:
    """Write photos of T-shirts, whatever their folder is called."""
    for number, name in enumerate(names):
        path = folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        shirt(COLOURS[number % len(COLOURS)]).save(path)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Photos of T-shirts, one in the folder of hats; a spoilt file, and what is left out."""
    folder = tmp_path / "photos"
    take(folder, "t-shirt/a", "t-shirt/b", "hat/c", "d", "e", "f", "g", "t-shirt/old/h")
    (folder / "t-shirt" / "notes.txt").write_text("no picture")
    (folder / "lamps").mkdir()
    (folder / "body").mkdir()
    return folder


def evaluate(*arguments: str | Path, model: str = "dense") -> Result:
    return CliRunner().invoke(cli, ["evaluate", model, *map(str, arguments)])


def figures(*arguments: str | Path, model: str = "dense") -> dict:
    result = evaluate(*arguments, "--json", model=model)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def answers(photos: list[LabelledPhoto], models: Path, model: str = "dense") -> list[int]:
    """What the model answers to photos, asked without the code under test."""
    ensemble = Ensemble.load(ModelStore(models), model)
    return [ensemble.predict(read_labelled_photo(photo)).label for photo in photos]


def counted(labels: list[int]) -> dict[str, int]:
    return {name: labels.count(index) for index, name in enumerate(CLASS_NAMES)}


def test_a_folder_of_kinds_has_its_figures_at_the_top(photos: Path, places: Path) -> None:
    found = figures("--photos", photos)
    assert list(found) == ["model", "photos"], "the test images were not asked for"
    found = found["photos"]
    assert "sources" not in found
    hat, t_shirt = found["folders"].values()
    assert list(found["folders"]) == ["hat", "t-shirt"]
    listed = labelled_photos(photos, CLASS_NAMES)
    shown = [p for p in listed if p.group == "t-shirt" and p.path.suffix == ".png"]
    assert t_shirt["predicted"] == counted(answers(shown, places))
    assert t_shirt["classes"] == ["T-shirt/top"]
    assert t_shirt["n"] == 2
    assert t_shirt["accuracy"] == t_shirt["predicted"]["T-shirt/top"] / 2
    assert found["balanced_accuracy"] == t_shirt["accuracy"]
    assert found["confusion_matrix"][0] == list(t_shirt["predicted"].values())
    assert (hat["n"], hat["classes"], hat["accuracy"]) == (1, [], None)
    assert found["n"] == 3
    assert 0 <= found["auroc"] <= 1
    (sentence,) = found["unreadable"]
    assert "“t-shirt/notes.txt” is not an image" in sentence
    assert (found["unknown_folders"], found["left_out_folders"]) == (["lamps"], ["body"])
    assert found["loose_photos"] == ["d.png", "e.png", "f.png", "g.png"]
    assert found["held_out"] is False


def test_a_shoe_is_scored_by_its_own_kind_if_a_table_tells(tmp_path: Path, places: Path) -> None:
    take(tmp_path / "photos" / "train", "shoes/a", "shoes/b", "shoes/c", "t-shirt/d")
    before = figures("--photos", tmp_path / "photos" / "train")["photos"]
    assert (before["any_of_several"]["n"], before["balanced_accuracy_n"]) == (3, 1)
    assert before["shoes"] is None
    rows = {"train/shoes/a.png": "sandal", "train/shoes/b.png": "sandal|ankle-boot"}
    shoe_table(tmp_path / "photos" / "shoe-kinds.csv", rows)
    found = figures("--photos", tmp_path / "photos" / "train")["photos"]
    assert (found["any_of_several"]["n"], found["balanced_accuracy_n"]) == (2, 2)
    (a, *others, shown) = answers(
        labelled_photos(tmp_path / "photos" / "train", CLASS_NAMES), places
    )
    assert {name: each["share"] for name, each in found["classes"].items()} == {
        "T-shirt/top": float(shown == 0),
        "Sandal": float(a == 5),
    }
    right = (others[0] in (5, 9)) + (others[1] in (5, 7, 9))
    assert found["any_of_several"]["share"] == right / 2
    assert found["shoes"]["n"] == 1


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Sources in both layouts, one of them of what nobody knows."""
    folder = tmp_path / "sources"
    take(folder / "train", "t-shirt/a", "t-shirt/b")
    take(folder / "validation", "t-shirt/c", "hat/d")
    mask = np.zeros((400, 300), np.uint8)
    mask[80:320, 45:255] = 1
    street(folder / "street", {"0001": "jeans bag"}, {"0001": mask})
    shirt("#203050").save(folder / "street" / "photos" / "0001.jpg")
    gray_photo(folder / "lamps" / "anything" / "a.jpg")
    return folder


def test_each_source_has_figures_of_its_own_and_there_is_none_over_all(sources: Path) -> None:
    found = figures("--photos", sources)["photos"]
    assert "balanced_accuracy" not in found
    assert found["n"] == 6
    assert found["unknown_folders"] == ["lamps/anything"]
    by_source = found["sources"]
    assert list(by_source) == ["street", "street boxes", "train", "validation"]
    assert [each["n"] for each in by_source.values()] == [1, 1, 2, 2]
    assert by_source["street"]["worn"]["n"] == 1
    assert by_source["street"]["balanced_accuracy"] is None
    assert list(by_source["street boxes"]["classes"]) == ["Trouser"]
    assert by_source["train"]["balanced_accuracy_n"] == 2
    low, high = by_source["train"]["balanced_accuracy_interval"]
    assert low <= by_source["train"]["balanced_accuracy"] <= high
    assert high - low > 0.3, "of two photos nobody knows more"
    lines = evaluate("--photos", sources).stdout.splitlines()
    assert {"street: 1 photos", "validation: 2 photos"} <= set(lines)


def test_kinds_beside_sources_are_a_source_without_a_name(photos: Path) -> None:
    take(photos / "more", "shirt/a")
    found = figures("--photos", photos)["photos"]
    assert {name: each["n"] for name, each in found["sources"].items()} == {"": 3, "more": 1}
    assert "balanced_accuracy" not in found


def test_only_what_training_holds_out_if_asked(sources: Path) -> None:
    found = figures("--photos", sources, "--held-out", "--note")["photos"]
    assert found["held_out"] is True
    held_out = {p.source for p in labelled_photos(sources, CLASS_NAMES) if p.held_out}
    assert "validation" in held_out
    assert "train" not in held_out
    assert set(found["sources"]) == held_out
    assert found["sources"]["validation"]["n"] == 2
    noted = ModelStore(sources.parent / "models").card("dense").metrics_of("photo_n")
    assert noted["validation"] == 1, "the hat is no photo of a class"
    lines = evaluate("--photos", sources, "--held-out").stdout.splitlines()
    assert lines[1] == "Only the photos that training holds out:"


def test_holding_out_needs_photos(sources: Path) -> None:
    shutil.rmtree(sources / "street")
    shutil.rmtree(sources / "validation")
    drawn = {p.held_out for p in labelled_photos(sources, CLASS_NAMES)}
    assert drawn == {False}, "or this test shows nothing"
    result = evaluate("--photos", sources, "--held-out")
    assert result.exit_code == 1
    assert "Of the 2 photos in" in result.stderr
    result = evaluate("--held-out")
    assert result.exit_code == 1
    assert "Expected a folder of them beside --held-out: --photos DIR." in result.stderr


def test_the_threshold_of_the_card_calls_photos_unfamiliar(photos: Path, places: Path) -> None:
    assert figures("--photos", photos)["photos"]["none"]["unfamiliar"] is None
    store = ModelStore(places)
    for name in [entry.name for entry in store.entries() if entry.card and entry.card.takes_photos]:
        shutil.rmtree(places / name)  # nobody is to predict beside it
    path = places / "dense" / "card.json"
    card = json.loads(path.read_text())
    for threshold, share in ((0.0, 1), (0.99, 0)):
        path.write_text(json.dumps(card | {"ood_threshold": threshold}))
        found = figures("--photos", photos)["photos"]
        assert found["none"]["unfamiliar"]["share"] == share
        assert found["garments"]["unfamiliar"]["share"] == share


def test_people_get_lines(photos: Path) -> None:
    result = evaluate("--photos", photos)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[:2] == ["dense", "3 photos"]
    assert lines[2].startswith("balanced accuracy ")
    assert "mean of 1 classes, 2 photos" in lines[2]
    assert any(line.startswith("AUROC ") for line in lines)
    assert any(line.split()[:2] == ["T-shirt/top", "2"] for line in lines)
    assert any(line.startswith("  none of the classes      1       –  ") for line in lines)
    assert "1 could not be read and do not count:" in lines
    assert "Left out, as these names stand for no class: lamps." in lines
    assert "Left out, as neither plainly one of the classes nor none: body." in lines
    loose = "4 loose photos (d.png, e.png, f.png, …)"
    assert f"Left out, as they lie in no folder of a kind: {loose}." in lines
    assert "Left out, as they lie in a folder that is of one kind already: t-shirt/old." in lines


def test_test_images_come_along_when_named(photos: Path, data: Path) -> None:
    found = figures("--photos", photos, "--dataset", "fashion-mnist")
    assert found["dataset"] == "fashion-mnist"
    assert found["photos"]["n"] == 3


def test_mistakes_are_sentences(photos: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "unknown" / "lamps").mkdir(parents=True)
    take(tmp_path / "loose", "a")
    (tmp_path / "spoilt" / "hat").mkdir(parents=True)
    (tmp_path / "spoilt" / "hat" / "notes.txt").write_text("no picture")
    for folder, code, sentence in (
        ("gone", 2, "does not exist"),
        ("photos/t-shirt/a.png", 2, "is a file"),
        ("empty", 1, "There are no photos in"),
        ("unknown", 1, "or t-shirt, pants"),
        ("unknown", 1, "; found lamps."),
        ("loose", 1, "; found 1 loose photo (a.png)."),
        ("spoilt", 1, "None of the photos"),
    ):
        assert_refused(evaluate("--photos", tmp_path / folder), sentence, code)


def test_real_photos(tmp_path: Path) -> None:
    if not (place := os.environ.get("FMNIST_TEST_PHOTOS")):
        pytest.skip("FMNIST_TEST_PHOTOS names no folder of real photos")
    for folder in (Path(place) / "validation").iterdir():
        (tmp_path / "validation" / folder.name).mkdir(parents=True)
        for picture in sorted(folder.iterdir())[:2]:
            shutil.copy(picture, tmp_path / "validation" / folder.name)
    shutil.copy(Path(place) / "shoe-kinds.csv", tmp_path)
    found = figures("--photos", tmp_path / "validation")["photos"]
    assert found["unreadable"] == found["unknown_folders"] == []
    folders = found["folders"].values()
    assert {folder["n"] for folder in folders} == {2}
    shoes = labelled_photos(tmp_path / "validation", CLASS_NAMES)
    kinds = [p.classes for p in shoes if p.group == "shoes"]
    alone = len({*kinds} - {classes for classes in kinds if len(classes) > 1})
    assert len(found["classes"]) == 6 + alone
    assert found["balanced_accuracy_n"] == 12 + sum(len(classes) == 1 for classes in kinds)
    shares = [each["share"] for each in found["classes"].values()]
    assert found["balanced_accuracy"] == pytest.approx(sum(shares) / len(shares))
    assert 0 <= found["auroc"] <= 1
