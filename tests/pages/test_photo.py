"""Photo: what arrives, what is refused in words, and what a session keeps."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

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
    uploader = app.file_uploader[0]
    for name, data in files:
        uploader.upload(name, data)
    return app.run()


def _own(app: AppTest) -> list[str]:
    return [photo.name for photo in app.session_state["photos"]["own"]]


def test_without_a_photo_there_is_an_invitation(photo: AppTest) -> None:
    assert photo.subheader[0].value == "Show it something to wear"
    assert not photo.get("vega_lite_chart")


def test_a_photo_gets_an_answer(photo: AppTest) -> None:
    _upload(photo, ("dress.jpg", picture(form="JPEG")))
    assert not photo.exception
    assert not photo.error
    said = photo.subheader[0].value
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
    said = photo.subheader[0].value
    photo.switch_page("fmnist/pages/draw.py").run()
    photo.switch_page("fmnist/pages/photo.py").run()
    assert not photo.exception
    assert _own(photo) == ["one.png"]
    assert photo.subheader[0].value == said


def test_the_camera_is_off_until_it_is_wanted(photo: AppTest) -> None:
    assert not photo.camera_input
    photo.toggle(key="camera-on").set_value(True).run()
    photo.camera_input[0].upload("camera.jpg", picture(form="JPEG")).run()
    assert not photo.exception
    assert _own(photo) == ["camera.jpg"]
