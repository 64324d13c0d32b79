"""Browse: what is filtered, sorted and picked, and what a machine without data says."""

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fmnist.datasets import DATASETS
from fmnist.evaluation.selection import ORDERS
from tests.pages.conftest import Open
from tests.small_dataset import make_idx_dataset

NAMES = DATASETS["fashion-mnist"].class_names


@pytest.fixture
def browse(data: Path, models_folder: Path, open_page: Open) -> AppTest:
    return open_page("browse", model="dense")  # the quickest to answer 10,000 images


@pytest.fixture
def labels(data: Path) -> np.ndarray:
    return DATASETS["fashion-mnist"].load("test").labels


def _count(app: AppTest) -> int:
    """How many images fit, as the gallery says."""
    said = next(c.value for c in app.caption if c.value.endswith(" images"))
    match = re.fullmatch(r"[\d,]+–[\d,]+ of ([\d,]+) images", said)
    assert match, said
    return int(match[1].replace(",", ""))


def _answers(app: AppTest, value: str | None) -> AppTest:
    return app.button_group(key="answers").set_value(value).run()


def test_the_caption_is_the_courses(browse: AppTest, labels: np.ndarray) -> None:
    caption = re.fullmatch(
        r":(blue|red)\[Predicted [<>]?\d+ % (.+) \(true: (.+)\)\]", browse.subheader[0].value
    )
    assert caption
    colour, predicted, true = caption.groups()
    assert true == NAMES[labels[0]]
    assert (colour == "blue") == (predicted == true)


def test_all_images_are_there(browse: AppTest, labels: np.ndarray) -> None:
    assert _count(browse) == len(labels)


def test_by_class(browse: AppTest, labels: np.ndarray) -> None:
    browse.selectbox(key="class").select("Bag").run()
    assert _count(browse) == (labels == NAMES.index("Bag")).sum()


def test_right_and_wrong_make_all(browse: AppTest, labels: np.ndarray) -> None:
    counts = {}
    for outcome in ("Right", "Wrong"):
        _answers(browse, outcome)
        assert not browse.exception
        counts[outcome] = 0 if browse.info else _count(browse)
    assert sum(counts.values()) == len(labels)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order(browse: AppTest, labels: np.ndarray, order: str) -> None:
    browse.selectbox(key="order").select(order).run()
    assert not browse.exception
    assert _count(browse) == len(labels)


def test_no_image_fits(browse: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "fmnist.evaluation.selection.Selection.indices", lambda *_: np.array([], dtype=np.intp)
    )
    browse.run()
    assert not browse.exception
    assert "No image fits" in browse.info[0].value
    assert next(b for b in browse.button if b.label == "Surprise me").disabled


def test_surprise_me_really_changes(browse: AppTest) -> None:
    for _ in range(5):
        before = browse.number_input(key="image").value
        next(b for b in browse.button if b.label == "Surprise me").click().run()
        assert browse.number_input(key="image").value != before


def test_surprise_me_stays_in_the_selection(browse: AppTest, labels: np.ndarray) -> None:
    browse.selectbox(key="class").select("Trouser").run()
    next(b for b in browse.button if b.label == "Surprise me").click().run()
    image = int(browse.number_input(key="image").value or 0)
    assert labels[image] == NAMES.index("Trouser")


def test_a_page_that_a_filter_has_taken_away(browse: AppTest) -> None:
    last = -(-_count(browse) // 60)
    browse.session_state["page"] = last
    browse.run()
    browse.selectbox(key="class").select("Dress").run()
    assert not browse.exception
    assert browse.session_state["page"] == 1


def test_an_image_that_is_not_there(
    data: Path, models_folder: Path, open_page: Open, labels: np.ndarray
) -> None:
    app = open_page("browse", image=10**6)
    assert app.number_input(key="image").value == len(labels) - 1


def test_without_data_it_says_what_is_missing(
    no_data: Path, models_folder: Path, open_page: Open, tmp_path: Path
) -> None:
    app = open_page("browse")
    assert "Fashion-MNIST are not here" in app.warning[0].value
    tried = app.expander[0].markdown[0].value
    for source in ("FMNIST_DATA_DIR", "Keras's cache", "dataset-fashion-mnist", "127.0.0.1:1"):
        assert source in tried

    again = next(button for button in app.button if button.label == "Try again")
    again.click().run()
    assert app.warning

    make_idx_dataset(tmp_path / "arrived", n_train=10, n_test=70)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FMNIST_DATA_DIR", str(tmp_path / "arrived"))
        again = next(button for button in app.button if button.label == "Try again")
        again.click().run()
        assert not app.exception
        assert not app.warning
        assert _count(app) == 70


def test_files_that_are_no_data_are_refused_in_words(
    no_data: Path, models_folder: Path, open_page: Open
) -> None:
    app = open_page("browse")
    app.file_uploader(key="dropped-data").upload("holiday.txt", b"sun and sea").run()
    assert not app.exception
    assert "holiday.txt" in app.error[0].value
