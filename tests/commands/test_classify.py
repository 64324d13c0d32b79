import csv
import importlib
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageDraw
from typer.testing import CliRunner, Result

from fmnist.__main__ import cli
from fmnist.datasets import DATASETS
from fmnist.inference.classifier import Classifier
from fmnist.inference.photo_model import PhotoModel
from fmnist.models import ModelStore
from fmnist.preprocessing import PIPELINES, READERS
from fmnist.preprocessing.segmentation import Outline
from tests.preprocessing.sheets import seven
from tests.small_dataset import make_split

CLASS_NAMES = DATASETS["fashion-mnist"].class_names
IMAGES = make_split(3, seed=1)[0]
# The module: its name in the package is the command's.
classify_command = importlib.import_module("fmnist.commands.classify")


def outline_of(label: int, columns: slice) -> Outline:
    """The outline of what stands in these columns of a picture of 100 × 200."""
    where = np.zeros((100, 200), np.float32)
    where[20:81, columns] = 1
    probabilities = np.eye(11, dtype=np.float32)[label]
    box = 0.2, columns.start / 200, 0.81, columns.stop / 200
    return Outline(probabilities, where, box, float(where.mean()))


@pytest.fixture
def folder(tmp_path: Path, models_folder: Path) -> Path:
    """Three images, one of them in a folder inside, and five files that are none."""
    folder = tmp_path / "pictures"
    (folder / "more").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for name, image in zip(("b.png", "more/c.png", "a.png"), IMAGES, strict=True):
        Image.fromarray(image).save(folder / name)
    (folder / "empty.png").touch()
    (folder / "notes.txt").write_text("no picture")
    (folder / "truncated.png").write_bytes((folder / "a.png").read_bytes()[:60])
    (folder / ".hidden" / "d.png").write_bytes((folder / "a.png").read_bytes())
    (folder / ".e.png").write_bytes((folder / "a.png").read_bytes())
    return folder


def classify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["classify", *map(str, arguments)])


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_folder_of_good_and_bad_files(folder: Path, models_folder: Path) -> None:
    out = folder.parent / "out.csv"
    result = classify(folder, "--model", "dense", "--kind", "image", "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    table = rows(out.read_text(encoding="utf-8"))
    assert list(table[0]) == [
        "file",
        "label",
        "probability",
        *CLASS_NAMES,
        "verdict",
        "unfamiliarity",
        "error",
        "mask_confidence",
        "several_things",
    ]
    assert all(row["mask_confidence"] == row["several_things"] == "" for row in table), "no photos"
    assert [Path(row["file"]).relative_to(folder).as_posix() for row in table] == [
        "a.png",
        "b.png",
        "empty.png",
        "more/c.png",
        "notes.txt",
        "truncated.png",
    ]
    bad = [row for row in table if row["error"]]
    assert [Path(row["file"]).stem for row in bad] == ["empty", "notes", "truncated"]
    assert all(Path(row["file"]).name in row["error"] for row in bad)
    assert all(
        row["label"] == row["probability"] == row["Bag"] == row["verdict"] == "" for row in bad
    )
    good = [row for row in table if not row["error"]]
    store = ModelStore(models_folder)
    classifier = Classifier(store.twin("dense"), 10, store.card("dense").temperature)
    answers, strangeness = classifier.predict(IMAGES[[2, 0, 1]])
    for row, answer, strange in zip(good, answers, strangeness, strict=True):
        assert row["label"] == CLASS_NAMES[answer.argmax()]
        assert row["verdict"] == ("unsure" if answer.max() < 0.6 else "confident")
        assert float(row["unfamiliarity"]) == pytest.approx(strange, abs=1e-6)
        assert float(row["probability"]) == pytest.approx(answer.max(), abs=1e-6)
        numbers = [float(row[name]) for name in CLASS_NAMES]
        np.testing.assert_allclose(numbers, answer, atol=1e-6)


def test_without_out_the_table_is_printed_and_nothing_else(folder: Path) -> None:
    result = classify(folder / "a.png", folder / "gone.png", "--kind", "image")
    assert result.exit_code == 0, result.output
    good, bad = rows(result.stdout)
    assert good["label"] in CLASS_NAMES
    assert bad["error"] == "gone.png cannot be read: No such file or directory."


def test_photos_are_what_is_meant_if_nothing_is_said(folder: Path) -> None:
    photo = Image.new("RGB", (160, 90), (250, 250, 250))
    pen = ImageDraw.Draw(photo)
    pen.ellipse((55, 20, 95, 70), fill=(30, 40, 90))
    photo.save(folder / "photo.jpg")
    pen.ellipse((10, 30, 32, 62), fill=(30, 40, 90))
    pen.ellipse((125, 35, 147, 64), fill=(30, 40, 90))
    photo.save(folder / "three.jpg")
    one, three = rows(classify(folder / "photo.jpg", folder / "three.jpg").stdout)
    assert one["error"] == three["error"] == ""
    assert one["label"] in CLASS_NAMES
    assert 0.75 < float(one["mask_confidence"]) <= 1
    assert (one["several_things"], three["several_things"]) == ("no", "yes")


@pytest.mark.parametrize("kind", ["drawing", "photo"])
def test_a_model_of_digits_reads_digits(
    kind: str, digits_model: str, models_folder: Path, tmp_path: Path
) -> None:
    Image.fromarray(255 - seven()[..., 3]).save(tmp_path / "seven.png")
    Image.new("L", (99, 99), 255).save(tmp_path / "blank.png")
    paths = tmp_path / "seven.png", tmp_path / "blank.png"
    result = classify(*paths, "--model", digits_model, "--kind", kind)
    assert result.exit_code == 0, result.output
    good, bad = rows(result.stdout)
    image = READERS[kind](paths[0].read_bytes(), "", PIPELINES["handwriting"]).image
    store = ModelStore(models_folder)
    classifier = Classifier(store.twin(digits_model), 10, store.card(digits_model).temperature)
    (answer,) = classifier.predict_proba(image[None])
    np.testing.assert_allclose([float(good[name]) for name in "0123456789"], answer, atol=1e-6)
    assert bad["label"] == ""
    assert "blank.png” is blank" in bad["error"] or "on plain paper" in bad["error"]


def test_mistakes_are_sentences(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    for arguments, code, sentence in (
        ([folder, "--kind", "painting"], 2, "'painting' is no kind of picture"),
        ([folder, "--model", "vgg"], 1, "The model vgg cannot be used"),
        ([tmp_path / "nothing"], 2, "There are no files"),
        ([folder, "--out", tmp_path / "gone" / "out.csv"], 2, "cannot be written"),
    ):
        result = classify(*arguments)
        assert result.exit_code == code
        assert sentence in " ".join(result.stderr.replace("│", "").split())
        assert "Traceback" not in result.output


def test_a_picture_is_never_written_over(folder: Path) -> None:
    before = (folder / "a.png").read_bytes()
    for paths in ([folder], [folder / "a.png"], [folder / "more" / ".." / "a.png"]):
        result = classify(*paths, "--kind", "image", "--out", folder / "a.png")
        assert result.exit_code == 2
        assert "is one of the pictures" in " ".join(result.stderr.replace("│", "").split())
    assert (folder / "a.png").read_bytes() == before


def test_a_table_in_the_folder_that_is_read_is_no_picture(folder: Path) -> None:
    out = folder / "answers.csv"
    tables = []
    for _ in range(2):
        result = classify(folder, "--kind", "image", "--out", out)
        assert result.exit_code == 0, result.output
        tables.append(out.read_text())
    assert tables[0] == tables[1]
    assert "answers.csv" not in tables[1]


def test_if_nothing_could_be_read_it_says_so_and_fails(folder: Path) -> None:
    result = classify(folder / "gone.png", folder / "notes.txt", "--kind", "image")
    assert result.exit_code == 1
    assert [bool(row["error"]) for row in rows(result.stdout)] == [True, True]
    assert "None of these could be read" in result.stderr


def test_an_empty_name_is_not_the_folder_at_hand(folder: Path) -> None:
    result = classify("", "--kind", "image")
    assert result.exit_code == 2
    assert "empty name" in " ".join(result.stderr.replace("│", "").split())


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.png")
    good, bad = rows(classify(folder / "a.png", folder / "pipe.png", "--kind", "image").stdout)
    assert good["label"]
    assert bad["error"] == "pipe.png is no file."


def test_a_name_that_is_no_text_is_written_all_the_same(folder: Path) -> None:
    strange = os.fsdecode(b"caf\xe9\n.png")
    shutil.copy(folder / "a.png", folder / strange)
    out = folder.parent / "out.csv"
    result = classify(folder / strange, "--kind", "image", "--out", out)
    assert result.exit_code == 0, result.output
    (row,) = rows(out.read_text(encoding="utf-8"))
    assert row["file"].endswith("caf\\udce9\n.png")
    assert row["label"] in CLASS_NAMES


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_sentence(folder: Path) -> None:
    result = classify(folder / "a.png", "--kind", "image", "--out", "/dev/full")
    assert result.exit_code == 2
    assert "No space left" in " ".join(result.stderr.replace("│", "").split())


def test_what_was_written_before_the_end_is_a_table(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_at_the_second(files: list[Path], words: str) -> Iterator[Path]:
        yield files[0]
        assert len(rows(out.read_text())) == 1
        raise KeyboardInterrupt

    out = folder.parent / "out.csv"
    monkeypatch.setattr(classify_command, "track", stop_at_the_second)
    classify(folder, "--kind", "image", "--out", out)
    (row,) = rows(out.read_text())
    assert row["label"] in CLASS_NAMES


def test_a_folder_of_parquet_has_what_the_table_has(folder: Path) -> None:
    """Written by a worker, a process of its own, which finds the test's models by its variable."""
    out, plain = folder / "out.parquet", folder.parent / "out.csv"
    options = "--kind", "image", "--model", "dense", "--out"
    assert classify(folder, *options, plain).exit_code == 0
    for _ in range(2):
        result = classify(folder, *options, out, "--workers", "1")
        assert result.exit_code == 0, result.output
        assert result.stdout == f"{out}: 6 pictures, 3 of them with an error.\n"
    expected = pd.read_csv(plain).assign(
        id=lambda t: [Path(f).relative_to(folder).as_posix() for f in t.file]
    )
    pd.testing.assert_frame_equal(
        pd.read_parquet(out).sort_values("id", ignore_index=True),
        expected[["id", *expected.columns[:-1]]].sort_values("id", ignore_index=True),
        check_dtype=False,
        rtol=1e-5,
    )
    result = classify(folder, "--kind", "image", "--model", "cnn", "--out", out)
    assert result.exit_code == 1
    assert "begun with other settings" in result.stderr


def test_several_processes_need_a_folder_of_parquet(folder: Path) -> None:
    for arguments, sentence in (
        (("--workers", "2"), "go with --out DIR.parquet"),
        (("--ray", "auto", "--out", "out.csv"), "go with --out DIR.parquet"),
        ((str(folder), "--out", "out.parquet"), "takes one folder or one list"),
    ):
        result = classify(folder, *arguments)
        assert result.exit_code == 2
        assert sentence in " ".join(result.stderr.replace("│", "").split())


def test_without_a_model_it_says_how_to_make_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "no-models"))
    result = classify(folder)
    assert result.exit_code == 1
    assert "python -m fmnist train cnn" in result.stderr


def test_each_garment_has_a_row(
    tmp_path: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlines = [outline_of(0, slice(10, 90)), outline_of(1, slice(100, 190))]
    monkeypatch.setattr(PhotoModel, "outline", lambda self, photo: outlines)
    picture = Image.new("RGB", (200, 100), "white")
    for left in (10, 100):
        ImageDraw.Draw(picture).rectangle((left, 20, left + 79, 80), fill="navy")
    picture.save(tmp_path / "two.png")
    Image.new("RGB", (40, 40), "white").save(tmp_path / "zero.png")
    (tmp_path / "bad.png").touch()
    result = CliRunner().invoke(cli, ["classify", "--each", str(tmp_path), "--model", "everyday"])
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [Path(row["file"]).name for row in rows][:3] == ["bad.png", "two.png", "two.png"]
    bad, first, second = rows[:3]
    assert bad["error"] and not bad["garment"]
    assert (first["garment"], second["garment"]) == ("1", "2")
    assert float(first["left"]) < 0.1 and float(second["left"]) == pytest.approx(0.5, abs=0.03)
    assert float(second["share"]) == pytest.approx(80 * 61 / (200 * 100), abs=0.05)
    assert first["label"] in CLASS_NAMES


def test_a_drawing_has_no_garments_to_tell_apart(tmp_path: Path, models_folder: Path) -> None:
    result = CliRunner().invoke(cli, ["classify", "--each", "--kind", "drawing", str(tmp_path)])
    assert result.exit_code == 2 and "shows one" in result.stderr
