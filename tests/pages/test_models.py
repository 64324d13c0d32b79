"""Models: cards, the chart, and two models on the same images."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from fmnist.datasets import DATASETS
from fmnist.evaluation.metrics import confusion_matrix
from fmnist.evaluation.robustness import Robustness
from fmnist.evaluation.significance import compare
from fmnist.explanation.perturbation import PERTURBATIONS
from fmnist.inference.classifier import Classifier
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import ModelStore
from fmnist.models.folder import ROBUSTNESS, TWIN
from tests.pages.conftest import Open

NAMES = DATASETS["fashion-mnist"].class_names


@pytest.fixture
def two(models_folder: Path) -> ModelStore:
    """A store with two models: the dense one, and another or a copy."""
    for name in sorted(path.name for path in models_folder.iterdir()):
        if name not in ("cnn", "dense"):
            shutil.rmtree(models_folder / name)
    if not (models_folder / "cnn").exists():
        shutil.copytree(models_folder / "dense", models_folder / "cnn")
    return ModelStore(models_folder)


@pytest.fixture
def models(data: Path, two: ModelStore, open_page: Open) -> AppTest:
    return open_page("models")


@pytest.fixture
def compared(data: Path, two: ModelStore, open_page: Open) -> AppTest:
    return open_page("models", view="Two models")


def _sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if "McNemar" in m.value)


def test_a_card_in_full(models: AppTest, two: ModelStore) -> None:
    models.button_group(key="card").set_value("dense").run()
    assert not models.exception
    card = two.card("dense")
    told = re.sub(r"<[^>]*>", "", next(x.value for x in models.html if "facts" in x.value))
    assert f"{100 * card.metrics['test_accuracy']:.2f} %" in told
    assert "101,770 parameters" in told
    assert "MIT" in told
    assert "Decisions about people" in told
    command, check = models.code[0].value.splitlines()
    assert (command, check) == (card.command, "python -m fmnist evaluate dense --json")


def test_two_are_compared_on_the_same_images(compared: AppTest, two: ModelStore) -> None:
    test = DATASETS["fashion-mnist"].load("test")
    answers = [
        Classifier(two.twin(name), 10).predict_proba(test.images) for name in ("dense", "cnn")
    ]
    told = compare(test.labels, *answers)
    counts = {f"{told.only_first.sum():,}", f"{told.only_second.sum():,}"}
    said = re.search(r"on ([\d,]+) images? .*, the other way round ([\d,]+)\.", _sentence(compared))
    assert said
    assert set(said.groups()) == counts

    for side, mask in (("first", told.only_first), ("neither", told.neither)):
        compared.button_group(key="right-alone").set_value(side).run()
        compared.selectbox(key="class-compared").select("Shirt").run()
        assert not compared.exception
        n = (mask & (test.labels == NAMES.index("Shirt"))).sum()
        assert any(f" of {n:,} images" in c.value for c in compared.caption) or compared.info


def test_a_model_is_not_compared_with_itself(compared: AppTest) -> None:
    first, second = (compared.selectbox(key=key) for key in ("first", "second"))
    assert (first.value, second.value) == ("dense", "cnn")
    first.select("cnn").run()
    assert not compared.exception
    assert compared.selectbox(key="second").options == ["dense"]


def test_one_model_alone_is_not_compared(data: Path, two: ModelStore, open_page: Open) -> None:
    shutil.rmtree(two.root / "cnn")
    app = open_page("models", view="Two models")
    assert "only one model" in app.info[0].value


def test_without_data_the_cards_are_there(no_data: Path, two: ModelStore, open_page: Open) -> None:
    app = open_page("models")
    assert any("facts" in each.value for each in app.html)
    assert app.get("vega_lite_chart")
    for view in ("Mistakes", "Two models"):
        app.button_group(key="view").set_value(view).run()
        assert not app.exception
        assert "Fashion-MNIST are not here" in app.warning[0].value


def test_only_models_of_the_same_images(data: Path, two: ModelStore, open_page: Open) -> None:
    path = two.root / "cnn" / "card.json"
    path.write_text(path.read_text().replace('"dataset": "fashion-mnist"', '"dataset": "mnist"'))
    app = open_page("models", model="dense")
    assert app.button_group(key="card").options == ["dense"]
    app.button_group(key="view").set_value("Two models").run()
    assert "only one model" in app.info[0].value


def test_a_model_that_cannot_answer_is_told(
    data: Path, two: ModelStore, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    (two.root / "cnn" / "model.tflite").write_bytes(b"not a model")
    monkeypatch.setattr("fmnist.models.store.sys.executable", "/bin/false")
    app = open_page("models", model="dense", view="Two models")
    assert "They cannot be compared" in app.error[0].value
    app = open_page("models", model="dense", view="Mistakes", card="cnn")
    assert "cnn cannot be asked" in app.error[0].value


def test_the_matrix_opens_its_images(data: Path, two: ModelStore, open_page: Open) -> None:
    app = open_page("models", model="dense", view="Mistakes", card="dense")
    test = DATASETS["fashion-mnist"].load("test")
    predicted = Classifier(two.twin("dense"), 10).predict_proba(test.images).argmax(axis=1)
    counts = confusion_matrix(test.labels, predicted, 10)
    np.fill_diagonal(counts, 0)
    assert any(f": {counts.max():,} of the test images" in m.value for m in app.markdown)
    app.session_state["cell"] = ("Bag", "Trouser")
    app.run()
    assert not app.exception
    n = counts[NAMES.index("Bag"), NAMES.index("Trouser")]
    assert any(
        m.value == f"**Bag, taken for Trouser**: {n} of the test images" for m in app.markdown
    )


def test_what_others_reached(models: AppTest) -> None:
    models.button_group(key="view").set_value("Others").run()
    assert not models.exception
    assert models.expander


def test_robustness_shows_those_that_were_measured(models: AppTest, two: ModelStore) -> None:
    for name in ("cnn", "dense"):
        (two.folder(name) / ROBUSTNESS).unlink(missing_ok=True)
    models.button_group(key="view").set_value("Robustness").run()
    models.button_group(key="card").set_value("dense").run()
    assert "python -m fmnist robustness dense" in models.info[0].value
    assert len(models.get("vega_lite_chart")) == 1, "the models' own, on top"
    shares = {name: [0.9, 0.8, 0.7, 0.6, 0.5, 0.25] for name in PERTURBATIONS}
    key = OutputsKey.of(two.card("dense").sha256[TWIN], np.zeros((1, 28, 28), np.uint8))
    Robustness(shares, 2000).write(two.folder("dense") / ROBUSTNESS, key)
    st.cache_resource.clear()
    models.run()
    models.selectbox(key="change").select("Noise").run()
    assert not models.exception
    assert not models.info
    assert "the first 2,000 test images" in "\n".join(each.value for each in models.caption)
    chart = models.get("vega_lite_chart")[1].proto
    assert "dense 60%" in chart.alt
    models.slider(key="strength").set_value(5).run()
    assert "dense 25%" in models.get("vega_lite_chart")[1].proto.alt
    picture = models.get("image")[-1].proto.imgs[0]
    assert picture.caption == "Noise 100 of 255"
