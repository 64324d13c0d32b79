"""The app in a test's hands, without a browser, on a machine that has all, some or nothing."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from fmnist.preprocessing import decode_photo

_APP = Path(__file__).parents[2] / "app.py"

Open = Callable[..., AppTest]

# The examples of the Photo page take a second, and each test shows them anew.
_decode_photo = lru_cache(maxsize=64)(decode_photo)


@pytest.fixture
def open_page(
    runs_folder: Path, my_images_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """``open_page("images", image=7)`` opens a page with a choice made; all must have gone well.

    ``open_page("learn?lesson=loss")`` follows a link. The app is started from another folder than
    its own.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FMNIST_CACHE_DIR", str(tmp_path / "cache"))
    # Nothing is trained here, so nothing begins or is made ready for it.
    monkeypatch.setattr("fmnist.training.process.warm_up", lambda: None)
    monkeypatch.setattr("fmnist.training.dispatcher.dispatch", lambda runs: None)
    monkeypatch.setattr("fmnist.ui.photo.tray.decode_photo", _decode_photo)
    # The tests share a process, which on a real machine has one set of models and data.
    st.cache_resource.clear()

    def open_page(address: str, **choices: object) -> AppTest:
        app = AppTest.from_file(str(_APP), default_timeout=60)
        for key, value in choices.items():
            app.session_state[key] = value
        page, _, query = address.partition("?")
        app.query_params.update(parse_qsl(query))
        # ``switch_page`` would want the pages that only a run, of Images, has told.
        app._page_hash = calc_hash(page) if page != "images" else ""
        app.run()
        assert not app.exception
        return app

    yield open_page
    st.cache_resource.clear()


@pytest.fixture
def no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without data, whose downloads fail; returns Keras's folder for it, still absent."""
    monkeypatch.delenv("FMNIST_DATA_DIR", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("FMNIST_DOWNLOAD_URL", "http://127.0.0.1:1/")  # nobody listens there
    monkeypatch.setattr("fmnist.settings.DEBIAN_DATASETS", tmp_path / "debian")
    impatient = SimpleNamespace(sleep=lambda seconds: None)
    monkeypatch.setattr("fmnist.datasets.download.time", impatient)
    return tmp_path / "keras" / "datasets" / "fashion-mnist"


@pytest.fixture
def no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without models; returns the folder where they would be."""
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "no-models"))
    return tmp_path / "no-models"
