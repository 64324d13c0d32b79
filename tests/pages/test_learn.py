"""Learn: every lesson, with all, some or nothing on the machine."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fmnist.datasets import DATASETS
from fmnist.explanation import Network
from fmnist.models import ModelStore
from fmnist.ui.learn import LESSONS
from tests.pages.conftest import Open


def _open(open_page: Open, lesson: str) -> AppTest:
    return open_page(f"learn?lesson={lesson}")


def _said(app: AppTest) -> str:
    kinds = (app.markdown, app.warning, app.info, app.success, app.caption)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_the_overview_has_a_card_for_each(data: Path, models_folder: Path, open_page: Open) -> None:
    app = open_page("learn")
    for lesson in LESSONS.values():
        assert any(lesson.summary in caption.value for caption in app.caption)


def test_the_notebook_is_to_be_had_and_opens_in_colab_in_a_clone_of_github(
    data: Path, models_folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fmnist.ui.learn.notebook._address", lambda: None)
    app = open_page("learn")
    assert app.get("download_button")
    assert not app.get("link_button")
    address = "https://colab.research.google.com/github/a/b/blob/main/c.ipynb"
    monkeypatch.setattr("fmnist.ui.learn.notebook._address", lambda: address)
    (link,) = app.run().get("link_button")
    assert link.proto.url == address


@pytest.mark.parametrize("name", LESSONS)
def test_a_wrong_answer_gets_a_hint_and_the_right_one_finishes(
    name: str, data: Path, models_folder: Path, open_page: Open
) -> None:
    app, lesson = _open(open_page, name), LESSONS[name]
    assert app.header[0].value == lesson.title
    for answer in sorted(lesson.answers, key=lambda each: each.right):
        app.radio(key=f"answer-{name}").set_value(answer).run()
        assert not app.exception
        if answer.right:
            assert app.success[0].value == f"Right. {answer.why}"
        else:
            assert any(hint.value == f"Not quite. {answer.why}" for hint in app.warning)
            assert not app.success
    assert app.session_state["lessons-done"] >= {name}
    del app.query_params["lesson"]
    app.run()
    assert any(f"{lesson.summary} Done." == caption.value for caption in app.caption)


@pytest.mark.parametrize("name", LESSONS)
def test_without_data_and_models_each_says_what_is_missing(
    name: str, no_data: Path, no_models: Path, open_page: Open
) -> None:
    app = _open(open_page, name)
    assert app.radio(key=f"answer-{name}"), "the question is there all the same"
    if name != "celsius":
        assert app.warning or app.info


def test_an_unknown_lesson_is_the_overview(open_page: Open, data: Path) -> None:
    app = _open(open_page, "cooking")
    assert "each lesson computes something" in _said(app)


def test_the_line_at_the_end_is_the_formula(open_page: Open, data: Path) -> None:
    app = _open(open_page, "celsius")
    assert "**f = 2.06 · c + 1.22**" in _said(app)
    app.select_slider(key="celsius-steps").set_value(5000).run()
    assert "**f = 1.80 · c + 32.00**" in _said(app)
    app.select_slider(key="celsius-rate").set_value(0.002).run()
    assert "beyond a million" in _said(app)


def test_scaled_twice_all_look_alike(data: Path, models_folder: Path, open_page: Open) -> None:
    app = _open(open_page, "image")
    assert "scaled like this" not in _said(app)
    app.toggle(key="image-twice").set_value(True).run()
    assert "test images, scaled like this, it calls" in _said(app)


def test_softmax_is_of_the_model_s_own_scores(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = _open(open_page, "softmax")
    app.number_input(key="softmax-number").set_value(7).run()
    image = DATASETS["fashion-mnist"].load("test").images[7]
    made = Network(ModelStore(models_folder).twin("dense")).run(image)
    table = app.dataframe[0].value
    np.testing.assert_allclose(table["softmax"], made[-1], atol=1e-5)
    assert table["argmax"].sum() == 1
    assert table["argmax"].argmax() == made[-1].argmax()
    app.slider(key="softmax-temperature").set_value(0.25).run()
    sharper = app.dataframe[0].value["softmax"]
    assert sharper.max() > table["softmax"].max()


def test_before_the_first_step_compile_has_trained_nothing(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = _open(open_page, "loss")
    assert "SGD's step 12 by hand" in _said(app)
    app.slider(key="loss-steps").set_value(0).run()
    assert "After `compile`, before `fit`" in _said(app)
    assert app.metric[0].value == app.metric[1].value


def test_the_test_images_are_looked_at_when_asked_for(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = _open(open_page, "memorising")
    assert "second validation set" not in _said(app)
    app.toggle(key="memorising-tested").set_value(True).run()
    assert "second validation set" in _said(app)


def test_a_filter_of_negative_weights_leaves_nothing(data: Path, open_page: Open) -> None:
    app = _open(open_page, "convolution")
    app.selectbox(key="convolution-filter").set_value("All nine −1").run()
    assert "this unit is dead" in app.warning[0].value


def test_the_sole_is_found_by_the_filter_that_the_answer_names(data: Path, open_page: Open) -> None:
    app = _open(open_page, "convolution")
    app.selectbox(key="convolution-filter").set_value("Level, upside down").run()
    below = int(_said(app).split("Of all that was found **")[1].split(" ")[0])
    assert below > 70


def test_moved_images_are_measured_anew(data: Path, models_folder: Path, open_page: Open) -> None:
    app = _open(open_page, "comparison")
    assert "test images, not moved:" in _said(app)
    app.slider(key="comparison-by").set_value(4).run()
    assert "moved by 4 pixels" in _said(app)


def test_what_is_loaded_is_what_was_saved(data: Path, models_folder: Path, open_page: Open) -> None:
    app = _open(open_page, "augmentation")
    app.button_group(key="augmentation-what").set_value("Save and load").run()
    table = app.dataframe[0].value.set_index("Kept as")
    assert table.loc["float32, as it was", "Largest difference"] == 0.0
    assert table.loc["float32, as it was", "Answers changed"] == 0
    assert table.loc["float16, half the size", "Largest difference"] > 0


def test_the_first_digit_is_named_with_the_digits_that_are_here(
    digits_model: str, models_folder: Path, open_page: Open
) -> None:
    app = _open(open_page, "assignment")
    test = DATASETS["mnist"].load("test")
    assert f"**({len(test)}, 28, 28)**" in _said(app)
    assert "np.argmax(predictions[0])" in _said(app) or "is not here" in _said(app)
