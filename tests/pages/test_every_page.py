"""Every page, on machines that have all, some or nothing."""

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from fmnist import settings
from fmnist.models import ModelStore
from tests.pages.conftest import Open

PAGES = sorted(path.stem for path in settings.PAGES.glob("[!_]*.py"))


def _sidebar(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.sidebar.caption)


@pytest.mark.parametrize("page", PAGES)
def test_with_data_and_models(page: str, data: Path, models_folder: Path, open_page: Open) -> None:
    app = open_page(page)
    assert app.title[0].value
    assert not app.error
    assert not app.warning
    assert "parameters" in _sidebar(app)


@pytest.mark.parametrize("page", PAGES)
def test_without_data(page: str, no_data: Path, models_folder: Path, open_page: Open) -> None:
    app = open_page(page)
    assert app.title[0].value
    assert not app.exception
    assert bool(app.warning) == (page in ("images", "inside", "data"))


@pytest.mark.parametrize("page", PAGES)
def test_without_models(page: str, data: Path, no_models: Path, open_page: Open) -> None:
    app = open_page(page)
    if page == "train":
        assert "Train" in [button.label for button in app.button]
    elif page == "learn":  # its first lesson asks no model; the others say what they miss
        assert not app.error
    else:
        assert "no trained model yet" in app.info[0].value
        assert str(no_models) in app.info[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_model_is_listed_and_breaks_nothing(
    page: str, data: Path, models_folder: Path, open_page: Open
) -> None:
    good = [entry.name for entry in ModelStore(models_folder).entries() if entry.selectable]
    shutil.copytree(models_folder / good[0], models_folder / "broken")
    with (models_folder / "broken" / "model.keras").open("r+b") as file:
        file.truncate(1000)
    (models_folder / "cardless").mkdir()
    app = open_page(page)
    assert app.selectbox(key="model").options == good
    said = _sidebar(app)
    assert re.search(r"\*\*broken\*\* cannot be used: .*damaged", said)
    assert re.search(r"\*\*cardless\*\* cannot be used: card.json is missing", said)
    assert not app.error


def test_only_damaged_models(data: Path, models_folder: Path, open_page: Open) -> None:
    for name in models_folder.iterdir():
        (name / "card.json").write_text("{")
    app = open_page("draw")
    assert "no trained model yet" in app.info[0].value
    assert "card.json cannot be read" in _sidebar(app)


def test_a_damaged_twin_that_cannot_be_made_again_is_told(
    data: Path, models_folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in models_folder.iterdir():
        (name / "model.tflite").unlink()
        (name / "model.tflite").write_bytes(b"not a model")
    monkeypatch.setattr("fmnist.models.store.sys.executable", "/bin/false")
    app = open_page("photo")
    assert "could not be made" in app.error[0].value
