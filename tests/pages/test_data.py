"""Data: what the page says is what the files hold, here in Python."""

import io
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from fmnist import settings
from fmnist.datasets import DATASETS, Split, SplitName
from fmnist.exploration.confident_learning import LabelIssues, find_label_issues
from fmnist.exploration.issues import Issues, Made, data_digest, write_issues
from fmnist.exploration.near_duplicates import find_near_duplicates
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models.published import Classic
from fmnist.ui.data.numbers import number_table
from fmnist.ui.data.statistics import histogram_rows
from tests.pages.conftest import Open
from tests.small_dataset import make_idx_dataset

MADE = Made(
    command="python -m fmnist issues fashion-mnist --folds 3",
    network="cnn, 2 epochs",
    folds=3,
    accuracy=0.876,
    model="everyday",
    machine="2 cores",
    date="2026-11-28T10:00:00+00:00",
)


@pytest.fixture
def small_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[SplitName, Split]]:
    """A small data set in Fashion-MNIST's place, and digits that are nowhere."""
    folder = make_idx_dataset(tmp_path / "small", n_train=300, n_test=100)
    monkeypatch.setenv("FMNIST_DATA_DIR", str(folder))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    dataset = DATASETS["fashion-mnist"]
    yield {"train": dataset.load("train"), "test": dataset.load("test")}


@pytest.fixture
def issues(
    small_data: dict[SplitName, Split], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Issues:
    """What is doubtful in the small data set, by a network that takes many a 6 for an 8."""
    found: dict[SplitName, LabelIssues] = {}
    for half, split in small_data.items():
        probabilities = np.eye(10, dtype=np.float32)[split.labels] * 0.9 + 0.01
        sixes = np.flatnonzero(split.labels == 6)
        probabilities[sixes[::2]] = 0.96 * np.eye(10)[8] + 0.004
        found[half] = find_label_issues(split.labels, probabilities)
    near = find_near_duplicates(small_data["test"].images, small_data["train"].images, near=0.2)
    made = Issues(found, near, 0, MADE)
    monkeypatch.setattr(settings, "EXPLORATION", tmp_path / "exploration")
    digest = data_digest(
        {
            half: (OutputsKey.of("", split.images).images, split.labels)
            for half, split in small_data.items()
        }
    )
    write_issues(settings.issues_file("fashion-mnist"), digest, made)
    return made


def _html(app: AppTest, word: str) -> str:
    (found,) = (each.proto.body for each in app.get("html") if word in each.proto.body)
    return found


def _text(app: AppTest) -> str:
    return "\n".join(each.value for kind in (app.markdown, app.caption) for each in kind)


def test_shapes_and_lengths_as_the_course_prints_them(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = open_page("data")
    train, test = (DATASETS["fashion-mnist"].load(half) for half in ("train", "test"))
    lines = app.code[0].value.splitlines()
    answers = dict(zip(lines[::2], lines[1::2], strict=True))
    assert answers[">>> train_images.shape"] == str(train.images.shape)
    assert answers[">>> len(train_labels)"] == str(len(train.labels))
    assert answers[">>> test_images.shape"] == str(test.images.shape)
    assert answers[">>> len(test_labels)"] == str(len(test.labels))


def test_what_each_part_is_for(
    small_data: dict[SplitName, Split], models_folder: Path, open_page: Open
) -> None:
    app = open_page("data")
    parts = re.findall(r"<dt>(\w+) <b>([\d,]+)</b>", _html(app, 'class="parts"'))
    assert dict(parts) == {"Training": "280", "Validation": "20", "Test": "100"}
    assert "Of each class there are 30 training and 10 test images." in _text(app)


def test_every_class_has_its_number_its_name_and_images(
    small_data: dict[SplitName, Split], models_folder: Path, open_page: Open
) -> None:
    app = open_page("data")
    said = [each.value for each in app.markdown]
    for label, name in enumerate(DATASETS["fashion-mnist"].class_names):
        assert f"**{label}** {name}" in said
    alts = [each.proto.imgs[0].alt for each in app.get("image")]
    assert "Three rows of training images of 4 Coat" in alts


def _pictures(html: str) -> tuple[list[np.ndarray], list[str]]:
    pictures = [
        np.array(Image.open(io.BytesIO(b64decode(png))))
        for png in re.findall(r"data:image/png;base64,([^\"]+)", html)
    ]
    return pictures, re.findall(r"<figcaption>([^<]+)", html)


def test_the_first_25_and_the_means(
    small_data: dict[SplitName, Split], models_folder: Path, open_page: Open
) -> None:
    app = open_page("data")
    train, names = small_data["train"], DATASETS["fashion-mnist"].class_names
    grids = [each.proto.body for each in app.get("html") if 'class="figures"' in each.proto.body]
    first, means = map(_pictures, grids)
    np.testing.assert_array_equal(first[0], train.images[:25])
    assert first[1] == [names[label] for label in train.labels[:25]]
    for label, mean in enumerate(means[0]):
        expected = train.images[train.labels == label].mean(axis=0)
        np.testing.assert_allclose(mean, expected, atol=0.51)
    assert means[1] == list(names)


def test_an_image_as_numbers_raw_and_scaled(
    small_data: dict[SplitName, Split], models_folder: Path, open_page: Open
) -> None:
    app = open_page("data")
    app.number_input(key="numbers").set_value(7).run()
    image = small_data["train"].images[7]
    told, grays = _as_numbers(_html(app, 'class="numbers"'))
    assert [int(number) for _, number in told] == image.reshape(-1).tolist()
    np.testing.assert_array_equal(grays, image)
    app.button_group(key="scaling").set_value("0–1").run()
    told, grays = _as_numbers(_html(app, 'class="numbers"'))
    scaled = [float(number) for _, number in told]
    np.testing.assert_allclose(scaled, image.reshape(-1) / 255, atol=0.0051)
    np.testing.assert_array_equal(grays, image)


def test_each_number_can_be_read_on_its_gray() -> None:
    told, _ = _as_numbers(number_table(np.array([[0, 127], [128, 255]], np.uint8), scaled=True))
    assert told == [("", "0"), ("", ".50"), (' class="light"', ".50"), (' class="light"', "1")]


def _as_numbers(html: str) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Return each number with how it is written, and the picture behind them."""
    drawn = re.search(r"svg\+xml;base64,([^\"]+)", html)
    behind = re.search(r"url\(data:image/png;base64,([^)]+)\)", html)
    assert drawn and behind
    svg = b64decode(drawn[1]).decode()
    grays = Image.open(io.BytesIO(b64decode(behind[1])))
    return re.findall(r"<text(.*?) x=[^>]*>([\d.]+)</text>", svg), np.asarray(grays)


def test_bars_of_a_histogram_leave_the_background_out() -> None:
    counts = np.zeros(256, np.int64)
    counts[[0, 7, 8, 255]] = 50, 10, 15, 25
    rows = histogram_rows(counts)
    assert rows["share"].sum() == pytest.approx(0.5)
    assert rows.loc[rows["share"] > 0, "values"].tolist() == ["1–7", "8–15", "248–255"]


def test_digits_that_are_not_here_can_be_got(
    small_data: dict[SplitName, Split], models_folder: Path, open_page: Open
) -> None:
    assert "`python -m fmnist data mnist --fetch` fetches them" in _text(open_page("data"))


def test_methods_are_shown_as_they_were_measured(
    small_data: dict[SplitName, Split],
    models_folder: Path,
    open_page: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [
        Classic("Guess", {"Fashion-MNIST": 0.512, "MNIST digits": 0.634}, 1.0),
        Classic("Better guess", {"Fashion-MNIST": 0.611, "MNIST digits": 0.722}, 1.0),
    ]
    table = tmp_path / "classic.json"
    table.write_text(json.dumps({"machine": "", "figures": [asdict(row) for row in rows]}))
    monkeypatch.setattr(settings, "CLASSIC_BENCHMARK", table)
    said = _text(open_page("data"))
    assert "Better guess is right in 72.2 % of the digits and 61.1 % of the clothes" in said
    table.unlink()
    assert "too easy" not in _text(open_page("data"))


def test_doubtful_labels_are_ranked_and_link_to_their_images(
    issues: Issues, models_folder: Path, open_page: Open
) -> None:
    app = open_page("data", view="Labels")
    found = issues.labels["train"]
    assert len(found.images) == 15
    said = [each.value for each in app.markdown if each.value.startswith("**Shirt**")]
    assert said == ["**Shirt**  \nBag? 96 %"] * 15
    links = [each.proto for each in app.get("page_link")]
    shown = [link for link in links if link.label.startswith("Image ")]
    assert [link.label for link in shown] == [f"Image {n}" for n in found.images]
    assert "15 of 300 training images, 5.0 %" in _text(app)
    app.button_group(key="half").set_value("Test").run()
    links = [each.proto.label for each in app.get("page_link")]
    assert f"Image {issues.labels['test'].images[0]}" in links


def test_labels_can_be_filtered_by_class(
    issues: Issues, models_folder: Path, open_page: Open
) -> None:
    app = open_page("data", view="Labels")
    app.selectbox(key="given").select("Shirt").run()
    assert "15 of 300 training images" in _text(app)
    app.selectbox(key="suggested").select("Coat").run()
    assert "No label fits this choice" in app.info[0].value


def test_how_they_were_found_is_told(issues: Issues, models_folder: Path, open_page: Open) -> None:
    app = open_page("data", view="Labels")
    said = _text(app)
    assert "dealt into 3 folds" in said
    assert "cnn, 2 <abbr" in said
    assert "right in 87.6 % of all" in said
    assert MADE.command in [each.value for each in app.code]


def test_near_duplicates_are_pairs(issues: Issues, models_folder: Path, open_page: Open) -> None:
    app = open_page("data", view="Labels")
    near = issues.near
    assert len(near.test) > 2
    assert f"**{len(near.test)} of the 100 test images**" in _text(app)
    labels = [each.proto.label for each in app.get("page_link")]
    pairs = [n for n in labels if n.isdecimal()]
    expected = [str(n) for pair in zip(near.train, near.test, strict=True) for n in pair]
    assert pairs == expected[:24]


def test_of_other_data_it_says_how_to_look(
    small_data: dict[SplitName, Split], models_folder: Path, open_page: Open
) -> None:
    app = open_page("data", view="Labels")
    assert "python -m fmnist issues fashion-mnist" in app.info[0].value
    assert not app.get("page_link")


@pytest.mark.parametrize("view", ["Overview", "Labels"])
def test_without_data_it_says_what_is_missing(
    view: str, no_data: Path, models_folder: Path, open_page: Open
) -> None:
    assert "are not here yet" in open_page("data", view=view).warning[0].value


@pytest.mark.parametrize("view", ["Overview", "Labels"])
def test_digits_have_the_page_too(
    view: str, digits_model: str, models_folder: Path, open_page: Open
) -> None:
    app = open_page("data", model=digits_model, view=view)
    if view == "Overview":
        assert "**7**" in [each.value for each in app.markdown]
    else:
        assert "python -m fmnist issues mnist" in app.info[0].value


def test_a_number_that_the_other_data_set_lacks(
    digits_model: str, models_folder: Path, open_page: Open
) -> None:
    app = open_page("data", model=digits_model, numbers=59_999)
    assert app.number_input(key="numbers").value == 9
