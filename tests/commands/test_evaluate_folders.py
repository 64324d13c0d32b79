"""``evaluate --photos`` and ``--drawings``."""

import json
import math
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from fmnist.__main__ import cli
from fmnist.datasets import DATASETS
from fmnist.inference.classifier import Classifier
from fmnist.models import ModelStore
from fmnist.preprocessing import PIPELINES, READERS, drawing_to_image
from fmnist.preprocessing.strokes import read_stroke_drawing
from tests.preprocessing.pictures import shirt
from tests.preprocessing.sheets import seven

CLASS_NAMES = DATASETS["fashion-mnist"].class_names
COLOURS = ("#203050", "#a02020", "#107040")


@pytest.fixture(autouse=True)
def places(models_folder: Path) -> Path:
    return models_folder


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Three photos of T-shirts, one in the folder of hats; a spoilt file, an unknown folder."""
    folder = tmp_path / "photos"
    for name, colour in zip(("t-shirt/a", "t-shirt/b", "hat/c"), COLOURS, strict=True):
        path = folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        shirt(colour).save(path)
    (folder / "t-shirt" / "notes.txt").write_text("no picture")
    (folder / "lamps").mkdir()
    return folder


@pytest.fixture
def drawings(tmp_path: Path) -> Path:
    """Two trousers in strokes, a boot as a picture, and a line that is no drawing."""
    folder = tmp_path / "drawings"
    (folder / "ankle-boot").mkdir(parents=True)
    legs = [[[60, 200, 210, 150, 130, 110, 50, 60], [10, 10, 240, 240, 80, 240, 240, 10]]]
    lines = [json.dumps({"drawing": strokes}) for strokes in (legs, legs[:1], "spoilt")]
    (folder / "pants.ndjson").write_text("\n".join(lines))
    (folder / "not-in-the-ten-tree.ndjson").write_text('{"drawing": [[[99, 99], [9, 250]]]}')
    boot = np.full((100, 100), 255, np.uint8)
    boot[10:80, 30:60] = boot[60:80, 30:90] = 0
    Image.fromarray(boot).save(folder / "ankle-boot" / "boot.jpg")
    return folder


def evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["evaluate", "dense", *map(str, arguments)])


def figures(*arguments: str | Path) -> dict:
    result = evaluate(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def predicted(images: list[np.ndarray], models: Path) -> dict[str, int]:
    """What the classifier answers to these images, counted without the code under test."""
    classifier = Classifier(ModelStore(models).twin("dense"), 10)
    answers, _ = classifier.predict(np.stack(images), flips=True)
    labels = [CLASS_NAMES[index] for index in answers.argmax(axis=1)]
    return {name: labels.count(name) for name in CLASS_NAMES}


def test_photos_are_read_as_photos_and_counted(photos: Path, places: Path) -> None:
    found = figures("--photos", photos)
    assert list(found) == ["model", "photos"], "the test images were not asked for"
    found = found["photos"]
    assert list(found["folders"]) == ["hat", "t-shirt"]
    hat, t_shirt = found["folders"].values()
    paths = sorted((photos / "t-shirt").glob("*.png"))
    images = [READERS["photo"](path.read_bytes()).image for path in paths]
    assert t_shirt["predicted"] == predicted(images, places)
    assert t_shirt["classes"] == ["T-shirt/top"]
    assert t_shirt["n"] == 2
    assert t_shirt["accuracy"] == t_shirt["predicted"]["T-shirt/top"] / 2
    assert found["balanced_accuracy"] == t_shirt["accuracy"]
    assert (hat["n"], hat["classes"], hat["accuracy"]) == (1, [], None)
    assert found["n"] == 3
    assert 0 <= found["auroc"] <= 1
    (sentence,) = found["unreadable"]
    assert "“notes.txt” is not an image" in sentence
    assert found["unknown_folders"] == ["lamps"]


def test_drawings_are_read_as_drawings_and_counted(drawings: Path, places: Path) -> None:
    found = figures("--drawings", drawings)["drawings"]
    assert list(found["folders"]) == ["ankle-boot", "not-in-the-ten-tree", "pants"]
    boot, tree, pants = found["folders"].values()
    image = READERS["drawing"]((drawings / "ankle-boot" / "boot.jpg").read_bytes()).image
    assert boot["predicted"] == predicted([image], places)
    lines = (drawings / "pants.ndjson").read_bytes().splitlines()[:2]
    assert pants["predicted"] == predicted(
        [read_stroke_drawing(line).image for line in lines], places
    )
    assert [folder["n"] for folder in (boot, tree, pants)] == [1, 1, 2]
    assert found["balanced_accuracy"] == (boot["accuracy"] + pants["accuracy"]) / 2
    (sentence,) = found["unreadable"]
    assert "“pants.ndjson, line 3”" in sentence


def test_ood_probes_are_told_from_drawings(drawings: Path, data: Path, places: Path) -> None:
    found = figures("--drawings", drawings)["strangers"]
    assert "auroc_against_test_images" not in found["all"], "they were not asked for"
    found = figures("--drawings", drawings, "--dataset", "fashion-mnist", "--note")
    probes = found["strangers"]
    left_out = probes.pop("left_out")
    together = probes.pop("all")
    assert ("digits" in probes) != bool(left_out)
    assert set(probes) - {"digits"} == {"things", "letters", "textures", "noise"}
    assert probes["things"]["n"] == 1
    assert probes["things"]["auroc_against_drawings"] == found["drawings"]["auroc"]
    for key in ("auroc_against_drawings", "auroc_against_test_images"):
        kinds = [kind[key] for kind in probes.values()]
        assert all(0 <= figure <= 1 for figure in kinds)
        assert together[key] == pytest.approx(sum(kinds) / len(kinds))
    noted = ModelStore(places).card("dense").metrics
    assert noted["drawing_auroc"] == together["auroc_against_drawings"]
    assert noted["drawing_auroc_letters"] == probes["letters"]["auroc_against_drawings"]


def test_drawn_digits_take_the_pipeline_of_handwriting(
    digits_model: str, places: Path, tmp_path: Path
) -> None:
    for name in ("7", "pants"):
        (tmp_path / "drawn" / name).mkdir(parents=True)
        Image.fromarray(255 - seven()[..., 3]).save(tmp_path / "drawn" / name / "a.png")
    (tmp_path / "drawn" / "1.ndjson").write_text('{"drawing": [[[99, 99], [9, 250]]]}')
    arguments = ["evaluate", digits_model, "--drawings", str(tmp_path / "drawn"), "--json"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert "strangers" not in found, "to a model of digits, digits are none"
    assert found["drawings"]["unknown_folders"] == ["pants"]
    one, drawn = found["drawings"]["folders"].values()
    assert (one["classes"], drawn["classes"]) == (["1"], ["7"])
    image = drawing_to_image(seven(), PIPELINES["handwriting"])
    assert image is not None
    classifier = Classifier(ModelStore(places).twin(digits_model), 10)
    answer = classifier.predict_proba(image[None]).argmax()
    assert drawn["predicted"][str(answer)] == 1


def test_people_get_lines(photos: Path, drawings: Path) -> None:
    result = evaluate("--photos", photos, "--drawings", drawings)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[:2] == ["dense", "3 photos"]
    assert lines[2].startswith("balanced accuracy ")
    assert lines[3].startswith("AUROC ")
    (t_shirt,) = (line for line in lines if line.startswith("  t-shirt "))
    assert "  2  " in t_shirt
    assert any(line.startswith("  hat          1       –  ") for line in lines)
    assert lines.count("1 could not be read and do not count:") == 2
    assert "Left out, as these names stand for no class: lamps." in lines
    assert "4 drawings" in lines
    assert "None of the classes, told by the OOD score; AUROC against drawings" in lines


def test_test_images_come_along_when_named(photos: Path, data: Path) -> None:
    found = figures("--photos", photos, "--dataset", "fashion-mnist")
    assert found["dataset"] == "fashion-mnist"
    assert found["photos"]["n"] == 3


def test_mistakes_are_sentences(photos: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "spoilt" / "hat").mkdir(parents=True)
    (tmp_path / "spoilt" / "hat" / "notes.txt").write_text("no picture")
    for folder, code, sentence in (
        ("gone", 2, "does not exist"),
        ("photos/t-shirt/a.png", 2, "is a file"),
        ("empty", 1, "There are no photos in"),
        ("spoilt", 1, "None of the photos"),
    ):
        result = evaluate("--photos", tmp_path / folder)
        assert result.exit_code == code
        assert sentence in " ".join(result.stderr.replace("│", "").split())
        assert result.stdout == ""
        assert "Traceback" not in result.output


@pytest.mark.parametrize(("kind", "inside"), [("photos", "validation"), ("drawings", ".")])
def test_real_pictures(kind: str, inside: str, tmp_path: Path) -> None:
    variable = f"FMNIST_TEST_{kind.upper()}"
    if not (place := os.environ.get(variable)):
        pytest.skip(f"{variable} names no folder of real {kind}")
    _copy_a_handful(Path(place) / inside, tmp_path / kind)
    found = figures(f"--{kind}", tmp_path / kind)[kind]
    assert found["unreadable"] == found["unknown_folders"] == []
    folders = found["folders"].values()
    assert {folder["n"] for folder in folders} == {2}
    mapped = [folder for folder in folders if folder["classes"]]
    assert len(mapped) == 7
    assert any(folder["classes"] == ["Sandal", "Sneaker", "Ankle boot"] for folder in mapped)
    right = sum(folder["predicted"][name] for folder in mapped for name in folder["classes"])
    assert math.isclose(found["balanced_accuracy"], right / 14)
    assert 0 <= found["auroc"] <= 1


def _copy_a_handful(source: Path, target: Path) -> None:
    """Take two pictures of each folder, and two lines of each file of strokes."""
    for path in source.iterdir():
        (target / path.name if path.is_dir() else target).mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            for picture in sorted(path.iterdir())[:2]:
                shutil.copy(picture, target / path.name)
        elif path.suffix == ".ndjson":
            lines = path.read_bytes().splitlines(keepends=True)
            (target / path.name).write_bytes(b"".join(lines[:2]))
