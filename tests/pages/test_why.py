"""Why, beside the answer for a test image: what is asked, and what is said of it."""

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from fmnist.datasets import DATASETS
from fmnist.explanation import Network, methods_for
from fmnist.models import ModelStore
from tests.pages.conftest import Open
from tests.small_dataset import make_idx_dataset

NAMES = DATASETS["fashion-mnist"].class_names


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small data set: an index of 60,000 training images would take seconds for each test."""
    folder = make_idx_dataset(tmp_path / "data")
    monkeypatch.setenv("FMNIST_DATA_DIR", str(folder))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    return folder


@pytest.fixture
def why(data: Path, models_folder: Path, open_page: Open) -> AppTest:
    return open_page("images", model="dense", show="Why", image=3)


def predicted(app: AppTest) -> str:
    match = re.search(r"% (.+) \(true", app.header[0].value)
    assert match
    return match[1]


def written(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def test_it_begins_with_the_answer(why: AppTest) -> None:
    assert not why.exception
    assert why.selectbox(key=f"why-{predicted(why)}").value == predicted(why)
    said = written(why)
    for heading in ("Looks like", "Where it looked", "What would change it"):
        assert f"**{heading}**" in said
    assert f"nearest training images of {predicted(why)}" in said
    assert "The smallest changes with which dense gives another answer" in said


def test_another_class_can_be_set_against_it(why: AppTest) -> None:
    answer = predicted(why)
    other = next(name for name in NAMES if name != answer)
    why.selectbox(key=f"why-{answer}-not").select(other).run()
    assert not why.exception
    assert f"nearest training images of {other}" in written(why)


def test_every_method_of_every_kind_of_network_is_shown(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    store = ModelStore(models_folder)
    for model in ("dense", "cnn"):
        if model not in store.names():
            continue
        app = open_page("images", model=model, show="Why")
        names = methods_for(Network(store.twin(model)))
        for name in names:
            app.button_group(key=f"why-method-{'-'.join(names)}").set_value(name).run()
            assert not app.exception
            assert "How far to trust this map" in [each.label for each in app.expander]


def test_sliders_change_the_image(why: AppTest) -> None:
    assert not why.slider
    why.session_state["why-change"] = True
    why.run()
    before = [slider.value for slider in why.slider]
    why.slider(key="change-right").set_value(5.0).run()
    assert not why.exception
    assert [slider.value for slider in why.slider] != before


def test_without_training_images_it_says_so(
    data: Path, models_folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fmnist.datasets import DataUnavailableError
    from fmnist.ui import splits

    here = splits._split

    def without_training(dataset: str, name: str) -> object:
        if name == "train":
            raise DataUnavailableError("gone", ())
        return here(dataset, "test")

    monkeypatch.setattr(splits, "_split", without_training)
    app = open_page("images", model="dense", show="Why")
    assert not app.exception
    assert "The training images are not on this machine" in written(app)
    assert "**Where it looked**" in written(app)


def test_compare_asks_every_other_model(data: Path, models_folder: Path, open_page: Open) -> None:
    app = open_page("images", model="dense", show="Compare")
    assert not app.exception
    store = ModelStore(models_folder)
    cards = {name: store.card(name) for name in store.names()}
    gray = [
        name
        for name, card in cards.items()
        if card.dataset == "fashion-mnist" and not card.takes_photos
    ]
    said = written(app)
    assert gray and all(f"**{name}**, " in said for name in gray)
    shares = [int(share) for share in re.findall(r"(\d+) % ", said)]
    assert np.all(np.array(shares) <= 100)
