"""Every page with a model of digits: what it says, and what it makes of drawings and photos."""

import io
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from fmnist.datasets import DATASETS
from fmnist.my_images import default_collection
from fmnist.preprocessing import PIPELINES, drawing_to_image
from fmnist.ui.photo.tray import examples
from tests.pages.conftest import Open
from tests.pages.test_draw import _send
from tests.pages.test_every_page import PAGES
from tests.pages.test_photo import _upload
from tests.preprocessing.sheets import photographed, seven

CLOTHES = re.compile(r"(?i)garment|clothes|wear|shirt|shoe|fashion")


def _words(app: AppTest) -> str:
    """All that a page says, but for the comparison of clothes with digits."""
    kinds = (app.title, app.header, app.markdown, app.info, app.warning, app.error)
    said = [element.value for kind in kinds for element in kind]
    said += [c.value for c in app.main.caption if "digits are easy for all" not in c.value]
    said += [option for box in app.main.selectbox for option in map(str, box.options)]
    return "\n".join(said)


# These are about more than one data set.
_OF_ALL = ("train", "learn", "data")


@pytest.mark.parametrize("page", [page for page in PAGES if page not in _OF_ALL])
def test_no_page_speaks_of_clothes(page: str, digits_model: str, open_page: Open) -> None:
    app = open_page(page, model=digits_model)
    assert app.title[0].value
    assert not app.error
    assert not CLOTHES.search(_words(app)), _words(app)


def test_the_invitation_asks_for_a_digit(digits_model: str, open_page: Open) -> None:
    app = open_page("draw", model=digits_model)
    assert app.header[0].value == "Draw a digit"
    assert app.main.markdown[-1].value.startswith("Any from 0 to 9: the answer")
    app.switch_page("fmnist/pages/photo.py").run()
    assert app.header[0].value == "Show it a digit"
    assert "One digit on plain paper works best." in app.main.markdown[-1].value


def _drawing() -> Image.Image:
    return Image.fromarray(255 - seven()[..., 3])


def test_a_drawing_is_corrected_with_a_digit(
    digits_model: str, open_page: Open, my_images_folder: Path
) -> None:
    app = _send(open_page("draw", model=digits_model), _drawing())
    assert not app.exception
    assert "%" in app.header[0].value
    (box,) = (box for box in app.selectbox if box.label == "Your label")
    assert list(box.options) == [*"0123456789", "None of the ten"]
    box.select("7").run()
    assert not app.exception
    (item,) = default_collection(DATASETS["mnist"]).read()[0]
    assert item.label == 7
    page = open_page("images", source="Mine", model=digits_model)
    assert page.get("download_button")
    links = [link.proto.label for link in page.get("page_link")]
    assert "Train with them" not in links, "digits cannot be trained on with yet"
    expected = drawing_to_image(np.asarray(_drawing()), PIPELINES["handwriting"])
    np.testing.assert_array_equal(item.image, expected)
    assert not default_collection(DATASETS["fashion-mnist"]).read()[0]

    app.session_state["source"] = "Mine"
    app.switch_page("fmnist/pages/images.py").run()
    assert not app.exception
    assert not CLOTHES.search(_words(app))
    app.switch_page("fmnist/pages/train.py").run()
    app.segmented_control(key="what").set_value("My images").run()
    assert not app.exception
    assert any("MNIST digits cannot be fine-tuned yet" in c.value for c in app.caption)


def _pipelines(app: AppTest) -> list[str]:
    return [option.content for option in app.segmented_control(key="raw").proto.options]


def test_another_model_takes_the_drawing_another_way(digits_model: str, open_page: Open) -> None:
    app = _send(open_page("draw", model="dense"), _drawing())
    assert _pipelines(app) == ["Filled", "Raw"]
    app.selectbox(key="model").select(digits_model).run()
    assert not app.exception
    assert _pipelines(app) == ["Centred", "Raw"]
    app.segmented_control(key="raw").set_value(True).run()
    app.selectbox(key="model").select("dense").run()
    assert not app.exception
    assert _pipelines(app) == ["Filled", "Raw"]
    assert app.segmented_control(key="raw").value is True


def _png(picture: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_photo_takes_the_steps_of_writing(digits_model: str, open_page: Open) -> None:
    app = open_page("photo", model=digits_model)
    _upload(app, ("seven.png", _png(photographed(seven(), light="shadow"))))
    assert "%" in app.header[0].value
    captions = [image.proto.imgs[0].caption for image in app.get("image")][1:]
    assert captions[:2] == ["**Your photo**", "**Find the ink**"]
    assert captions[-1] == "Centre the mass: **28×28**"
    app.segmented_control(key="desk").set_value("edit").run()
    assert not app.exception
    tools = [option.content for option in app.segmented_control(key="mask-tool").proto.options]
    assert tools[:2] == ["Digit", "Not digit"]
    buttons = {button.label for button in app.main.button}
    assert "Rotate" in buttons
    assert "Invert" not in buttons, "ink may be light or dark"


def test_an_example_of_clothes_is_not_read_as_a_digit(digits_model: str, open_page: Open) -> None:
    app = open_page("photo", model="dense")
    dress = next(photo for photo in examples("clothes") if "dress" in photo.name)
    app.session_state["photos"]["picked"] = dress
    said = app.run().header[0].value
    assert said != "Show it something to wear"
    app.selectbox(key="model").select(digits_model).run()
    assert not app.exception
    assert app.header[0].value == "Show it a digit"
    app.selectbox(key="model").select("dense").run()
    assert app.header[0].value == said


def test_a_blank_sheet_is_said_to_hold_no_digit(digits_model: str, open_page: Open) -> None:
    app = open_page("photo", model=digits_model)
    _upload(app, ("blank.png", _png(np.full((200, 300, 3), 240, np.uint8))))
    assert not app.exception
    assert app.header[0].value == "There is no digit"


def test_of_two_digits_the_larger_is_read_and_the_page_says_so(
    digits_model: str, open_page: Open
) -> None:
    both = np.maximum(seven(box=(60, 80, 160), pen=12), seven(box=(210, 130, 90), pen=12))
    app = open_page("photo", model=digits_model)
    _upload(app, ("two.png", _png(photographed(both))))
    assert any("one at a time is read. Edit the mask?" in c.value for c in app.main.caption)


def test_the_caption_sets_digits_off_from_shares(digits_model: str, open_page: Open) -> None:
    app = open_page("images", model=digits_model, image=3)
    assert re.fullmatch(
        r":(blue|red)\[Predicted [<>]?\d+ % “\d” \(true: “\d”\)\]", app.header[0].value
    )


def test_what_was_chosen_among_clothes_does_not_hold_among_digits(
    digits_model: str, data: Path, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("images", model="dense")
    app.selectbox(key="class").select("Bag").run()
    monkeypatch.setenv("FMNIST_DATA_DIR", str(tmp_path / "digits-data"))
    app.selectbox(key="model").select(digits_model).run()
    assert not app.exception
    assert app.selectbox(key="class").value == "All"
    assert any("of 70 images" in c.value for c in app.caption)
    app.selectbox(key="class").select("3").run()
    assert any("of 7 images" in c.value for c in app.caption)
    monkeypatch.setenv("FMNIST_DATA_DIR", str(data))
    app.selectbox(key="model").select("dense").run()
    assert not app.exception
    assert app.selectbox(key="class").value == "All"


def test_one_model_of_digits_has_a_chart_and_a_card(
    digits_model: str, models_folder: Path, open_page: Open
) -> None:
    for shipped in models_folder.glob("digits-*"):
        shutil.rmtree(shipped)
    app = open_page("models", model=digits_model, card="dense", first="cnn")
    assert app.segmented_control(key="card").value == digits_model
    assert any("MNIST digits" in each.value for each in app.html if "facts" in each.value)
    assert not [e for e in app.expander if "published" in e.label]
    assert "Gray" not in app.main.caption[0].value
    app.button_group(key="view").set_value("Two models").run()
    assert "only one model" in app.info[0].value
