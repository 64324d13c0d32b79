"""``evaluate --drawings``."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from fmnist.__main__ import cli
from fmnist.datasets import DATASETS
from fmnist.evaluation.ood_probes import OOD_PROBES
from fmnist.inference.classifier import Classifier
from fmnist.models import ModelStore
from fmnist.preprocessing import PIPELINES, READERS, drawing_to_image
from fmnist.preprocessing.strokes import read_stroke_drawing
from tests.commands.refusal import assert_refused
from tests.preprocessing.sheets import seven

CLASS_NAMES = DATASETS["fashion-mnist"].class_names


@pytest.fixture(autouse=True)
def places(models_folder: Path, small_icons: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("fmnist.evaluation.ood_probes._N", 8)
    return models_folder


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
    assert set(probes) - {"digits"} == {"things", *OOD_PROBES} - {"digits"}
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


def test_people_get_lines(drawings: Path) -> None:
    result = evaluate("--drawings", drawings)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[:2] == ["dense", "4 drawings"]
    assert lines[2].startswith("balanced accuracy ")
    assert lines[3].startswith("AUROC ")
    assert any(line.startswith("  ankle-boot  ") for line in lines)
    assert "1 could not be read and do not count:" in lines
    assert "None of the classes, told by the OOD score; AUROC against drawings" in lines


def test_mistakes_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "spoilt.ndjson").write_text("no drawing")
    (tmp_path / "spoilt").mkdir()
    (tmp_path / "spoilt" / "pants.ndjson").write_text("no drawing")
    for folder, code, sentence in (
        ("gone", 2, "does not exist"),
        ("spoilt.ndjson", 2, "is a file"),
        ("empty", 1, "There are no drawings in"),
        ("spoilt", 1, "None of the drawings in"),
    ):
        assert_refused(evaluate("--drawings", tmp_path / folder), sentence, code)


def test_real_drawings(tmp_path: Path) -> None:
    if not (place := os.environ.get("FMNIST_TEST_DRAWINGS")):
        pytest.skip("FMNIST_TEST_DRAWINGS names no folder of real drawings")
    (tmp_path / "drawn").mkdir()
    for path in Path(place).glob("*.ndjson"):
        lines = path.read_bytes().splitlines(keepends=True)
        (tmp_path / "drawn" / path.name).write_bytes(b"".join(lines[:2]))
    found = figures("--drawings", tmp_path / "drawn")["drawings"]
    assert found["unreadable"] == found["unknown_folders"] == []
    folders = found["folders"].values()
    assert {folder["n"] for folder in folders} == {2}
    mapped = [folder for folder in folders if folder["classes"]]
    assert len(mapped) == 7
    right = sum(folder["predicted"][name] for folder in mapped for name in folder["classes"])
    assert found["balanced_accuracy"] == pytest.approx(right / 14)
    assert 0 <= found["auroc"] <= 1
