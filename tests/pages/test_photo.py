"""Photo: what arrives, what is refused in words, and what a session keeps."""

import io
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from fmnist.datasets import DATASETS
from fmnist.explanation.feature_index import FeatureIndex
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import ModelStore
from fmnist.models.folder import FEATURES, TWIN
from fmnist.preprocessing import CLOTHES, UNEDITED, Edits, Mark
from fmnist.ui.photo.canvas_objects import write_objects
from tests.pages.conftest import Open


@pytest.fixture
def photo(data: Path, models_folder: Path, open_page: Open) -> AppTest:
    return open_page("photo")


def picture(colour: str = "navy", form: str = "PNG") -> bytes:
    image = Image.new("RGB", (240, 320), "white")
    ImageDraw.Draw(image).rectangle((60, 40, 180, 280), fill=colour)
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


def _upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    if not app.file_uploader:  # it stands behind "Add"
        app.session_state["more-photos"] = True
        app.run()
    uploader = app.file_uploader[0]
    for name, data in files:
        uploader.upload(name, data)
    return app.run()


def _own(app: AppTest) -> list[str]:
    return [photo.name for photo in app.session_state["photos"]["own"]]


def test_without_a_photo_there_is_an_invitation(photo: AppTest) -> None:
    assert photo.header[0].value == "Show it something to wear"
    assert not photo.get("vega_lite_chart")


def test_a_photo_may_have_40_megabytes_and_a_data_set_more(photo: AppTest) -> None:
    assert photo.file_uploader[0].proto.max_upload_size_mb == 40
    configuration = Path(__file__).parents[2] / ".streamlit" / "config.toml"
    limit = tomllib.loads(configuration.read_text())["server"]["maxUploadSize"]
    assert limit >= 150, "Kaggle's table of the training images has 133 MB"


def test_a_photo_gets_an_answer(photo: AppTest) -> None:
    _upload(photo, ("dress.jpg", picture(form="JPEG")))
    assert not photo.exception
    assert not photo.error
    said = photo.header[0].value
    assert "%" in said or "does not look like any of the ten" in said
    assert photo.get("vega_lite_chart")


def test_a_bad_file_gets_a_sentence_and_the_others_are_kept(photo: AppTest) -> None:
    _upload(
        photo,
        ("one.png", picture("navy")),
        ("notes.png", b"these are notes"),
        ("two.png", picture("maroon")),
    )
    assert not photo.exception
    (sentence,) = (error.value for error in photo.error)
    assert "notes.png" in sentence
    assert "not an image" in sentence
    assert _own(photo) == ["two.png", "one.png"]
    assert photo.session_state["photos"]["picked"].name == "two.png"


def test_what_has_arrived_puts_the_uploader_away(photo: AppTest) -> None:
    _upload(photo, ("one.png", picture()))
    assert not photo.file_uploader
    _upload(photo, ("two.png", picture("maroon")))
    assert not photo.file_uploader
    assert _own(photo) == ["two.png", "one.png"]


def test_the_same_photo_twice_is_one_photo(photo: AppTest) -> None:
    _upload(photo, ("one.png", picture()), ("again.png", picture()))
    assert _own(photo) == ["again.png"]


def test_a_session_keeps_a_bounded_number(photo: AppTest) -> None:
    files = [(f"{i}.png", picture(f"rgb({i * 7}, 0, 99)")) for i in range(26)]
    _upload(photo, *files)
    assert len(_own(photo)) == 24
    assert "first 24" in photo.error[0].value


def test_photos_survive_another_page(photo: AppTest) -> None:
    _upload(photo, ("one.png", picture()))
    said = photo.header[0].value
    photo.switch_page("fmnist/pages/draw.py").run()
    photo.switch_page("fmnist/pages/photo.py").run()
    assert not photo.exception
    assert _own(photo) == ["one.png"]
    assert photo.header[0].value == said


def test_the_camera_is_off_until_it_is_wanted(photo: AppTest) -> None:
    assert not photo.camera_input
    photo.toggle(key="camera-on").set_value(True).run()
    photo.camera_input[0].upload("camera.jpg", picture(form="JPEG")).run()
    assert not photo.exception
    assert _own(photo) == ["camera.jpg"]


def _marked(app: AppTest, *marks: Mark) -> AppTest:
    """Do as the canvas does when the brush is lifted."""
    objects = write_objects(marks, (240, 320), Edits())
    return _sent(app, {"drawing": {"raw": {"objects": objects}, "data": None}})


def _sent(app: AppTest, drawing: object) -> AppTest:
    app.session_state[app.session_state["mask-sheet"].key] = drawing
    return app.run()


def _edits(app: AppTest) -> Edits:
    edits = app.session_state["edits"]
    return edits.get(app.session_state["photos"]["picked"].sha256, UNEDITED)


def _steps(app: AppTest) -> list[str]:
    """The small pictures, from the photo to 28×28: one for each step of the pipeline, in order."""
    found = [CLOTHES.locate_title, CLOTHES.segment_title]
    titles = ["Your photo", *found, *(step.title for step in CLOTHES.steps)]
    shown = [image.proto.imgs[0] for image in app.get("image")]
    captions = [picture.caption.replace("*", "").removesuffix(": 28×28") for picture in shown]
    first = captions.index("Your photo")
    assert captions[first:] == titles
    assert not set(titles) & set(captions[:first])
    return [picture.url for picture in shown[first:]]


def _press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


@pytest.fixture
def edited(photo: AppTest) -> AppTest:
    """A photo on the board, with its upper half painted over."""
    _upload(photo, ("one.png", picture()))
    photo.segmented_control(key="desk").set_value("edit").run()
    _marked(photo, Mark("ground", ((0.1, 0.2), (0.9, 0.2)), 0.3))
    assert not photo.exception
    assert not photo.error
    return photo


def test_editing_waits_until_there_is_a_photo(photo: AppTest) -> None:
    assert not photo.segmented_control
    _upload(photo, ("one.png", picture()))
    assert photo.segmented_control(key="desk").value == "photo"


def test_marks_change_what_is_found(edited: AppTest) -> None:
    assert [mark.kind for mark in _edits(edited).marks] == ["ground"]
    steps = _steps(edited)
    _press(edited, "Undo")
    assert not _edits(edited).marks
    assert _steps(edited) != steps


def test_an_edited_photo_survives_another_page_and_another_photo(edited: AppTest) -> None:
    _press(edited, "Rotate")
    before = _edits(edited)
    assert before.turns == 1
    assert before.marks
    edited.switch_page("fmnist/pages/draw.py").run()
    edited.switch_page("fmnist/pages/photo.py").run()
    assert edited.segmented_control(key="desk").value == "edit"
    edited.segmented_control(key="desk").set_value("photo").run()
    _upload(edited, ("two.png", picture("maroon")))
    assert edited.session_state["photos"]["picked"].name == "two.png"
    edited.segmented_control(key="desk").set_value("edit").run()
    assert not _edits(edited).marks
    edited.session_state["photos"]["picked"] = edited.session_state["photos"]["own"][1]
    edited.run()
    after = _edits(edited)
    assert after.turns == 1
    assert len(after.marks) == len(before.marks)
    assert after.marks[0].points[0] == pytest.approx(before.marks[0].points[0], abs=1e-3)
    assert not edited.exception


def test_starting_over_forgets_all(edited: AppTest) -> None:
    _press(_press(_press(edited, "Mirror"), "Invert"), "Rotate")
    assert _edits(edited) != UNEDITED
    _press(edited, "Start over")
    assert _edits(edited) == UNEDITED
    assert all(b.disabled for b in edited.button if b.label in ("Undo", "Start over"))


@pytest.mark.parametrize(
    "sent",
    [
        {"drawing": {"raw": {"objects": [{"type": "Path", "stroke": "none"}]}}},
        {"drawing": {"raw": {"objects": 7}}},
        {"drawing": {"raw": None}},
        {"drawing": "a drawing"},
        "nothing like it",
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_nothing_is_lost(
    sent: object, edited: AppTest
) -> None:
    before = _edits(edited)
    _sent(edited, sent)
    assert not edited.exception
    assert "cannot be read" in edited.error[0].value
    assert _edits(edited).marks == before.marks
    edited.run()
    assert not edited.error


def test_nothing_left_is_said(edited: AppTest) -> None:
    _marked(edited, Mark("ground", ((0.0, 0.5), (1.0, 0.5)), 1.0))
    assert edited.header[0].value == "There is no garment"
    _press(edited, "Undo")
    assert edited.header[0].value != "There is no garment"


def _captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.main.caption)


def test_of_several_things_the_largest_is_taken_and_the_page_says_so(photo: AppTest) -> None:
    image = Image.new("RGB", (400, 300), "#d5d0c8")
    for box in ((150, 40, 350, 260), (20, 80, 125, 220)):
        ImageDraw.Draw(image).ellipse(box, fill="#2b2b30")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    _upload(photo, ("one.png", picture()))
    assert "Edit the mask?" not in _captions(photo)
    _upload(photo, ("two-things.png", buffer.getvalue()))
    assert "the largest was taken" in _captions(photo)
    assert "Edit the mask?" in _captions(photo)
    photo.segmented_control(key="desk").set_value("edit").run()
    assert "the largest was taken" in _captions(photo)
    _marked(photo, Mark("garment", ((0.6, 0.5),), 0.1))
    assert "the largest was taken" not in _captions(photo)


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_a_blank_photo_is_said_to_show_no_garment(photo: AppTest, form: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (240, 320), "#dcd8d0").save(buffer, form)
    _upload(photo, (f"blank.{form.lower()}", buffer.getvalue()))
    assert not photo.exception
    assert photo.header[0].value == "There is no garment"
    assert not photo.get("vega_lite_chart")


def test_what_is_28_by_28_already_is_taken_as_it_is_and_the_page_says_so(photo: AppTest) -> None:
    image = Image.new("L", (28, 28))
    ImageDraw.Draw(image).polygon([(10, 0), (17, 0), (20, 27), (7, 27)], fill=190)
    buffer = io.BytesIO()
    image.resize((280, 280), Image.Resampling.BICUBIC).save(buffer, "PNG")
    _upload(photo, ("dress.png", buffer.getvalue()))
    assert not photo.exception
    assert "already 28×28" in _captions(photo)
    assert "hard to find" not in _captions(photo)
    captions = [image.proto.imgs[0].caption for image in photo.get("image")][1:]
    assert captions == ["**Your photo**", "Taken as it is: **28×28**"]
    assert photo.get("vega_lite_chart")


def test_what_is_cut_out_already_can_be_edited_too(photo: AppTest) -> None:
    image = Image.new("RGBA", (240, 320))
    ImageDraw.Draw(image).polygon([(60, 40), (180, 40), (200, 280), (40, 280)], fill="white")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    _upload(photo, ("dress.png", buffer.getvalue()))
    photo.segmented_control(key="desk").set_value("edit").run()
    assert not photo.exception
    assert "hard to find" not in _captions(photo)
    assert photo.get("vega_lite_chart")


def test_a_garment_that_is_hard_to_find_is_said_to_be(photo: AppTest) -> None:
    buffer = io.BytesIO()
    # In these specks the photo model outlines nothing; in most it sees some garment.
    noise = np.random.default_rng(10).normal(128, 60, (16, 12)).clip(0, 255).astype(np.uint8)
    specks = Image.fromarray(noise).convert("RGB")
    specks.resize((240, 320), Image.Resampling.BICUBIC).save(buffer, "PNG")
    _upload(photo, ("specks.png", buffer.getvalue()))
    assert "hard to find in this photo. Edit the mask?" in _captions(photo)


def test_a_photo_gets_two_looks_and_each_says_what_it_sees(photo: AppTest) -> None:
    _upload(photo, ("trousers.png", picture()))
    assert any("Two models looked" in caption.value for caption in photo.caption)
    captions = [image.proto.imgs[0].caption for image in photo.get("image")][1:3]
    assert captions == ["**28×28 in gray**", "**192×192 in colour**"]
    charts = photo.get("vega_lite_chart")
    assert len(charts) == 3, "the answer, and what each model says alone"


def _why(app: AppTest) -> str:
    app.segmented_control(key="show").set_value("Why").run()
    assert not app.exception
    return _captions(app)


def test_a_photo_has_neighbours_to_the_whole_of_it_and_to_its_28_by_28(
    photo: AppTest, models_folder: Path
) -> None:
    path = models_folder / "photo" / FEATURES
    path.unlink()
    _upload(photo, ("trousers.png", picture()))
    assert "And to its 28×28 pixels" not in _why(photo), "to make an index takes too long"
    # An index of these images, in which all are alike.
    training = DATASETS["fashion-mnist"].load("train").images
    codes = np.ones((len(training), 2), np.int8)
    index = FeatureIndex(np.ones((1280, 2), np.float32), np.ones(2, np.float32), codes)
    twin = ModelStore(models_folder).card("photo").sha256[TWIN]
    index.write(path, OutputsKey.of(twin, training))
    st.cache_resource.clear()
    photo.run()
    said = _captions(photo)
    assert "to the photo, each with its distance" in said
    assert "And to its 28×28 pixels" in said


def test_without_the_photo_model_there_is_one_view(photo: AppTest, models_folder: Path) -> None:
    shutil.rmtree(models_folder / "photo")
    _upload(photo, ("trousers.png", picture()))
    assert not photo.exception
    assert not any("Two models" in caption.value for caption in photo.caption)
    assert len(photo.get("vega_lite_chart")) == 1
