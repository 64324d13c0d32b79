"""Images: what is filtered, sorted and picked, and what a machine without data says."""

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
def images(data: Path, models_folder: Path, open_page: Open) -> AppTest:
    return open_page("images", model="dense")  # the quickest to answer 10,000 images


@pytest.fixture
def labels(data: Path) -> np.ndarray:
    return DATASETS["fashion-mnist"].load("test").labels


def _count(app: AppTest) -> int:
    """How many images fit, as the gallery says."""
    said = next(c.value for c in app.caption if " images, :red" in c.value)
    match = re.match(r"[\d,]+–[\d,]+ of ([\d,]+) images,", said)
    assert match, said
    return int(match[1].replace(",", ""))


def _answers(app: AppTest, value: str | None) -> AppTest:
    return app.button_group(key="answers").set_value(value).run()


def test_the_caption_is_the_courses(images: AppTest, labels: np.ndarray) -> None:
    caption = re.fullmatch(
        r":(blue|red)\[Predicted [<>]?\d+ % (.+) \(true: (.+)\)\]", images.header[0].value
    )
    assert caption
    colour, predicted, true = caption.groups()
    assert true == NAMES[labels[0]]
    assert (colour == "blue") == (predicted == true)


def test_all_images_are_there(images: AppTest, labels: np.ndarray) -> None:
    assert _count(images) == len(labels)


def test_by_class(images: AppTest, labels: np.ndarray) -> None:
    images.selectbox(key="class").select("Bag").run()
    assert _count(images) == (labels == NAMES.index("Bag")).sum()


def test_right_and_wrong_make_all(images: AppTest, labels: np.ndarray) -> None:
    counts = {}
    for outcome in ("Right", "Wrong"):
        _answers(images, outcome)
        assert not images.exception
        counts[outcome] = 0 if images.info else _count(images)
    assert sum(counts.values()) == len(labels)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order(images: AppTest, labels: np.ndarray, order: str) -> None:
    images.selectbox(key="order").select(order).run()
    assert not images.exception
    assert _count(images) == len(labels)


def _predicted(app: AppTest) -> str:
    match = re.search(r"% (.+) \(true", app.header[0].value)
    assert match
    return match[1]


def test_by_the_class_predicted(images: AppTest, labels: np.ndarray) -> None:
    images.selectbox(key="predicted").select("Coat").run()
    assert 0 < _count(images) < len(labels)
    assert _predicted(images) == "Coat"


def test_a_choice_shows_its_first_image(images: AppTest, labels: np.ndarray) -> None:
    images.selectbox(key="class").select("Bag").run()
    first = int(np.flatnonzero(labels == NAMES.index("Bag"))[0])
    assert images.number_input(key="image").value == first
    assert "(true: Bag)" in images.header[0].value


def test_steps_stay_in_the_choice(images: AppTest, labels: np.ndarray) -> None:
    images.selectbox(key="class").select("Bag").run()
    first, second, *_, last = np.flatnonzero(labels == NAMES.index("Bag")).tolist()
    number = images.number_input(key="image")
    number.set_value(first + 1).run()
    assert images.number_input(key="image").value == second
    images.number_input(key="image").set_value(second - 1).run()
    assert images.number_input(key="image").value == first
    images.number_input(key="image").set_value(len(labels) - 1).run()
    assert images.number_input(key="image").value == last
    if last != len(labels) - 1:
        images.number_input(key="image").set_value(last + 1).run()
        assert images.number_input(key="image").value == last


def test_steps_follow_the_order(images: AppTest) -> None:
    images.selectbox(key="order").select("Least sure first").run()
    seen = []
    for _ in range(4):
        seen.append(float(re.findall(r"(\d+) %", images.header[0].value)[0]))
        number = images.number_input(key="image")
        number.set_value(int(number.value or 0) + 1).run()
    assert seen == sorted(seen)
    images.selectbox(key="order").select("Most sure first").run()
    assert not images.exception


def test_the_gallery_turns_to_the_image(images: AppTest, labels: np.ndarray) -> None:
    images.number_input(key="image").set_value(len(labels) - 1).run()
    assert images.session_state["page"] == -(-len(labels) // 60)


def test_training_images(images: AppTest) -> None:
    training = DATASETS["fashion-mnist"].load("train")
    images.segmented_control(key="source").set_value("Training").run()
    assert not images.exception
    assert _count(images) == len(training.labels)
    assert f"(true: {NAMES[training.labels[0]]})" in images.header[0].value
    _answers(images, "Wrong")
    assert not images.exception


def test_no_image_fits(images: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "fmnist.evaluation.selection.Selection.indices", lambda *_: np.array([], dtype=np.intp)
    )
    images.run()
    assert not images.exception
    assert "No image fits" in images.info[0].value
    assert next(b for b in images.button if b.label == "Surprise me").disabled


def test_surprise_me_really_changes(images: AppTest) -> None:
    for _ in range(5):
        before = images.number_input(key="image").value
        next(b for b in images.button if b.label == "Surprise me").click().run()
        assert images.number_input(key="image").value != before


def test_surprise_me_stays_in_the_selection(images: AppTest, labels: np.ndarray) -> None:
    images.selectbox(key="class").select("Trouser").run()
    next(b for b in images.button if b.label == "Surprise me").click().run()
    image = int(images.number_input(key="image").value or 0)
    assert labels[image] == NAMES.index("Trouser")


def test_a_page_that_a_filter_has_taken_away(images: AppTest) -> None:
    images.session_state["page"] = -(-_count(images) // 60)
    images.run()
    images.selectbox(key="class").select("Dress").run()
    assert not images.exception
    assert images.session_state["page"] == 1


def test_an_image_that_is_not_there(
    data: Path, models_folder: Path, open_page: Open, labels: np.ndarray
) -> None:
    app = open_page("images", image=10**6)
    assert app.number_input(key="image").value == len(labels) - 1


def test_without_data_it_says_what_is_missing(
    no_data: Path, models_folder: Path, open_page: Open, tmp_path: Path
) -> None:
    app = open_page("images")
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
    app = open_page("images")
    app.file_uploader(key="dropped-data").upload("holiday.txt", b"sun and sea").run()
    assert not app.exception
    assert "holiday.txt" in app.error[0].value


def test_a_line_of_the_map_that_was_cut_off_is_said_to_be_so(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = open_page("images?inside=features~~AAA")
    assert not app.exception
    assert any("cut off" in each.value for each in app.caption)
    assert not any(each.label == "Inside your line" for each in app.button)
