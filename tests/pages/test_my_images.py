"""My images: corrected on Draw or Photo, listed, given another label, removed."""

import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from fmnist import my_images as collections
from fmnist.datasets import DATASETS
from fmnist.inference.ensemble import Ensemble
from fmnist.models import ModelStore
from fmnist.my_images import Collection, default_collection
from fmnist.preprocessing import ModelInputs
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.tasks.fine_tuning import DEFAULTS as FINE_TUNING
from tests.finished_run import make_finished_run
from tests.pages.conftest import Open
from tests.pages.test_draw import _send
from tests.pages.test_photo import _upload, picture

pytestmark = pytest.mark.usefixtures("data", "models_folder")


@pytest.fixture
def mine(my_images_folder: Path) -> Collection:
    return default_collection(DATASETS["fashion-mnist"])


def _labels(mine: Collection) -> list[tuple[int | None, str]]:
    return [(item.label, item.kind) for item in mine.read()[0]]


def _choice(app: AppTest) -> Selectbox:
    (box,) = (box for box in app.selectbox if box.label == "Your label")
    return box


def _press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def _keep_some(mine: Collection) -> None:
    for label in (3, 8, None):
        mine.add(np.full((28, 28), 10 * (label or 0), np.uint8), label, "drawing")


def test_a_drawing_is_corrected_and_the_correction_taken_back(
    open_page: Open, mine: Collection
) -> None:
    app = open_page("draw")
    assert not [box for box in app.selectbox if box.label == "Your label"]
    _send(app, Image.new("RGBA", (40, 40), "black"))  # paper without ink
    assert not [box for box in app.selectbox if box.label == "Your label"]
    drawing = Image.fromarray(np.pad(np.zeros((90, 60), np.uint8), 50, constant_values=255))
    _send(app, drawing)
    assert _choice(app).value is None
    _choice(app).select("Dress").run()
    assert not app.exception
    assert _labels(mine) == [(3, "drawing")]
    assert app.toast[0].value == "Kept in My images: Dress."
    assert _choice(app).value == "Dress"
    _choice(app).select("None of the ten").run()
    assert _labels(mine) == [(None, "drawing")]
    _press(app, "Remove")
    assert _labels(mine) == []
    assert _choice(app).value is None
    assert not [button for button in app.button if button.label == "Remove"]


def test_the_next_photo_has_no_label_yet(open_page: Open, mine: Collection) -> None:
    app = open_page("photo")
    _upload(app, ("one.png", picture("navy")))
    _choice(app).select("Coat").run()
    _upload(app, ("two.png", picture("orange")))
    assert _choice(app).value is None
    assert _labels(mine) == [(4, "photo")]


def _bars(app: AppTest) -> list[float]:
    """The ten probabilities of the answer, as the first chart on the page has them."""
    rows = app.get("vega_lite_chart")[0].proto.datasets[0].data.data
    return pa.ipc.open_stream(rows).read_pandas()["probability"].tolist()


def test_a_photo_has_the_same_answer_as_when_it_was_shown(
    open_page: Open, mine: Collection
) -> None:
    """28×28 pixels of it are kept, and what the photo model said, but not the photo."""
    app = open_page("photo")
    _upload(app, ("one.png", picture("navy")))
    answer, bars = app.header[0].value, _bars(app)
    _choice(app).select("Coat").run()
    (kept,) = mine.folder.rglob("*.png")
    with Image.open(kept) as image:
        assert image.size == (28, 28)
    app = open_page("images", source="Mine")
    assert app.header[0].value == answer
    np.testing.assert_allclose(_bars(app), bars, atol=1e-6)
    _choice(app).select("Dress").run()
    assert app.header[0].value == answer, "another label is no other answer"


def test_a_label_from_another_tab_shows(open_page: Open, mine: Collection) -> None:
    app = open_page("photo")
    _upload(app, ("one.png", picture("navy")))
    _choice(app).select("Coat").run()
    (item,), _ = mine.read()
    mine.add(item.image, 9, "photo")
    app.run()
    assert _choice(app).value == "Ankle boot"
    shutil.rmtree(mine.folder)
    app.run()
    assert _choice(app).value is None


def test_a_full_collection_says_so(
    open_page: Open, mine: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collections, "MOST", 3)
    _keep_some(mine)
    app = open_page("photo")
    _upload(app, ("one.png", picture("navy")))
    _choice(app).select("Coat").run()
    assert not app.exception
    assert "holds 3 images and is full" in app.error[0].value
    assert _choice(app).value is None
    app.run()
    assert not app.error


def test_without_images_the_page_says_where_they_come_from(open_page: Open) -> None:
    app = open_page("images", source="Mine")
    assert app.header[0].value == "Nothing kept yet"
    assert not app.button


def test_images_are_listed_with_what_the_model_says(open_page: Open, mine: Collection) -> None:
    _keep_some(mine)
    app = open_page("images", source="Mine")
    assert any(" of 3 right." in caption.value for caption in app.caption)
    assert _choice(app).value == "None of the ten"  # the newest
    names = [item.path.name for item in mine.read()[0]]
    app.session_state["my-image"] = names[2]
    app.run()
    assert _choice(app).value == "Dress"
    assert app.get("vega_lite_chart")


def test_a_label_can_be_changed_and_an_image_removed(open_page: Open, mine: Collection) -> None:
    _keep_some(mine)
    app = open_page("images", source="Mine")
    _choice(app).select("Bag").run()
    assert not app.exception
    assert _labels(mine) == [(8, "drawing"), (8, "drawing"), (3, "drawing")]
    _press(app, "Remove")
    assert _labels(mine) == [(8, "drawing"), (3, "drawing")]


def test_a_file_that_somebody_put_there_gets_another_label(
    open_page: Open, mine: Collection
) -> None:
    (mine.folder / "jacket").mkdir(parents=True)
    Image.new("L", (28, 28), 99).save(mine.folder / "jacket" / "mine.png")
    app = open_page("images", source="Mine")
    assert _choice(app).value == "Coat"
    _choice(app).select("Shirt").run()
    assert _labels(mine) == [(6, "image")]


def test_all_are_removed_by_a_button_that_says_how_many(open_page: Open, mine: Collection) -> None:
    _keep_some(mine)
    app = open_page("images", source="Mine")
    assert "3 images will be gone for good." in " ".join(text.value for text in app.markdown)
    _press(app, "Remove 3 images")
    assert _labels(mine) == []
    assert app.header[0].value == "Nothing kept yet"


def test_a_file_that_is_no_image_is_told_of_and_breaks_nothing(
    open_page: Open, mine: Collection
) -> None:
    _keep_some(mine)
    (mine.folder / "dress" / "notes.png").write_bytes(b"these are notes")
    app = open_page("images", source="Mine")
    assert any("“notes.png” is not an image" in caption.value for caption in app.caption)
    assert any(" of 3 right." in caption.value for caption in app.caption)


def test_another_data_set_has_images_of_its_own(
    open_page: Open, mine: Collection, models_folder: Path
) -> None:
    _keep_some(mine)
    folder = models_folder / "digits"
    shutil.copytree(models_folder / "dense", folder)
    card = folder / "card.json"
    card.write_text(card.read_text().replace('"fashion-mnist"', '"mnist"'))
    app = open_page("images", source="Mine", model="digits")
    assert app.header[0].value == "Nothing kept yet"


def test_the_gallery_and_the_panel_tell_of_one_prediction(
    open_page: Open, mine: Collection, models_folder: Path
) -> None:
    """Of images that the model alone calls something else than from both sides, as the page does.

    The gallery used to mark by the one, and the panel beside it to tell the other.
    """
    store, names = ModelStore(models_folder), mine.dataset.class_names
    ensemble = Ensemble.load(store, "dense")
    one = mine.dataset.load("test").images
    blends = (one // 2 + np.roll(one, 1, axis=0) // 2)[:1000]  # two garments, one over the other
    alone = ensemble.classifier.predict_proba(blends).argmax(axis=1)
    both = [prediction.label for prediction in ensemble.predict_all([*map(ModelInputs, blends)])]
    torn = [place for place in range(len(blends)) if alone[place] != both[place]][:4]
    assert len(torn) == 4
    for place in torn:
        mine.add(blends[place], both[place], "drawing")
    app = open_page("images", source="Mine", model="dense")
    assert any(caption.value == "dense gets 4 of 4 right." for caption in app.caption)
    for item in mine.read()[0]:
        app.session_state["my-image"] = item.path.name
        app.run()
        assert item.label is not None
        assert names[item.label] in app.header[0].value.partition(" or ")[0]


def test_the_train_page_fine_tunes_the_chosen_model(
    open_page: Open, mine: Collection, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Configuration] = []
    monkeypatch.setattr(Run, "start", lambda run: begun.append(run.configuration))
    _keep_some(mine)
    app = open_page("train", what="My images", model="dense")
    assert any(c.value.startswith("dense is fine-tuned with your 2 images") for c in app.caption)
    assert any("none of the ten are left out" in c.value for c in app.caption)
    by_label = {widget.label: widget for widget in [*app.number_input, *app.selectbox]}
    by_label["Epochs"].set_value(2)
    app.form_submit_button[0].click().run()
    assert not app.exception
    values = FINE_TUNING | {"epochs": 2}
    assert begun == [Configuration.complete({"start_from": "dense", **values})]
    assert "dense with my images, 2 epochs" in app.selectbox(key="run").options[0]


def test_without_images_or_models_the_train_page_says_what_is_missing(
    open_page: Open, mine: Collection, models_folder: Path
) -> None:
    app = open_page("train", what="My images")
    assert any(c.value.startswith("Nothing to learn yet") for c in app.caption)
    assert not app.form_submit_button
    assert app.header[0].value == "Teach a model yourself"
    shutil.rmtree(models_folder)
    app = open_page("train", what="My images")
    assert any(c.value.startswith("There is no model yet") for c in app.caption)


@pytest.mark.parametrize(
    ("right", "change", "said"), [(1.0, "+1", "cnn got 2."), (2 / 3, "", "cnn got 2.")]
)
def test_a_run_shows_before_and_after(
    right: float,
    change: str,
    said: str,
    open_page: Open,
    models_folder: Path,
    runs_folder: Path,
) -> None:
    configuration = Configuration("cnn", task="fine-tuning", start_from="cnn", **FINE_TUNING)
    run = make_finished_run(runs_folder, models_folder / "dense")
    (run.folder / "configuration.json").write_text(configuration.to_json())
    result = run.folder / "result.json"
    measured = {"mine_n": 3.0, "mine_accuracy": right, "mine_accuracy_before": 2 / 3}
    values = json.loads(result.read_text()) | measured | {"test_accuracy_before": 0.997}
    result.write_text(json.dumps(values))
    app = open_page("train")
    test, mine = app.metric
    assert (test.value, test.delta) == ("99.50 %", "-0.20 points")
    assert (mine.value, mine.delta) == (f"{round(3 * right)} of 3 right", change)
    assert any(c.value.startswith(said) and "no proof" in c.value for c in app.caption)
    assert str(app.text_input[0].value).startswith("cnn")
