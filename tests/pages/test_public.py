"""What the pages leave away in public, where nothing is shared and nobody trains."""

from pathlib import Path

import pytest

from fmnist.ui.train import gate
from tests.pages.conftest import Open
from tests.pages.test_photo import _upload, picture

pytestmark = pytest.mark.usefixtures("models_folder", "data")


@pytest.fixture(autouse=True)
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FMNIST_PUBLIC", "1")


def test_nobody_trains(open_page: Open, runs_folder: Path) -> None:
    app = open_page("train")
    assert [header.value for header in app.header] == ["Training is off here"]
    assert not [button for button in app.button if button.label == "Train"]


def test_those_who_know_the_password_train_from_the_data_set_alone(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_TRAIN_PASSWORD", "schürze")
    monkeypatch.setattr(gate, "_SECOND", 0.0)
    app = open_page("train")
    assert [header.value for header in app.header] == ["Training needs a password"]
    app.text_input[0].set_value("Schürze")
    app.button[0].click().run()
    assert [error.value for error in app.error] == ["That is not the password."]
    app.text_input[0].set_value("schürze")
    app.button[0].click().run()
    assert [button for button in app.button if button.label == "Train"]
    assert app.button_group(key="what").options == ["New network", "Recipe"]


def test_nothing_is_kept(open_page: Open, my_images_folder: Path) -> None:
    app = open_page("images")
    assert app.button_group(key="source").options == ["Test", "Training"]
    app = open_page("photo")
    assert app.file_uploader[0].proto.max_upload_size_mb == 20
    _upload(app, ("dress.jpg", picture(form="JPEG")))
    assert app.get("vega_lite_chart")
    assert "Your label" not in {box.label for box in app.selectbox}


def test_what_is_missing_is_not_for_visitors_to_bring(open_page: Open, no_data: Path) -> None:
    app = open_page("images")
    assert app.warning
    assert not app.get("file_uploader")
    assert not app.expander
