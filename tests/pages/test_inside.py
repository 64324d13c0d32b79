"""Inside: every layer of every kind of network, and which image goes through it."""

import io
import re
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from fmnist.datasets import DATASETS
from fmnist.explanation import Network
from fmnist.models import ModelStore
from fmnist.ui.inside.alike import mapped_layers
from fmnist.ui.inside.stages import stage_names
from tests.pages.conftest import Open


@pytest.mark.parametrize("model", ["dense", "cnn"])
def test_every_layer(model: str, data: Path, models_folder: Path, open_page: Open) -> None:
    app = open_page("inside", model=model)
    names = stage_names(Network(ModelStore(models_folder).twin(model)).layers)
    alike = ["Alike"] if model == "cnn" else []
    for name in ("Image", *names, *alike, "Your filter"):
        app.button_group(key="layer").set_value(name).run()
        assert not app.exception, name
        assert app.caption, name


def test_the_sum_of_a_unit_is_the_score(data: Path, models_folder: Path, open_page: Open) -> None:
    app = open_page("inside", model="cnn", image=7, layer="Dense 2")
    image = DATASETS["fashion-mnist"].load("test").images[7]
    logits = Network(ModelStore(models_folder).twin("cnn")).run(image)[-2]
    assert any(f"= **{logits.max():.3f}**".replace("-", "−") in text.value for text in app.markdown)


def test_softmax_is_of_the_image_s_own_scores(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = open_page("inside", model="cnn", image=7, layer="Softmax")
    image = DATASETS["fashion-mnist"].load("test").images[7]
    made = Network(ModelStore(models_folder).twin("cnn")).run(image)
    np.testing.assert_allclose(app.dataframe[0].value["p"], np.sort(made[-1])[::-1], atol=1e-5)
    app.slider(key="temperature").set_value(4.0).run()
    evened = app.dataframe[0].value["p"].to_numpy()
    scores = np.exp(np.sort(made[-2])[::-1] / 4)
    np.testing.assert_allclose(evened, scores / scores.sum(), atol=1e-5)


def test_three_of_a_class_pass_through_the_layers(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = open_page("inside", model="cnn", layer="Alike")
    app.slider(key="map").set_value(5).run()
    split = DATASETS["fashion-mnist"].load("test")
    network = Network(ModelStore(models_folder).twin("cnn"))
    label = int(network.run(split.images[0])[-1].argmax())
    others = [n for n in np.flatnonzero(split.labels == label)[:3] if n][:2]
    (table,) = (each.proto.body for each in app.get("html") if "<table" in each.proto.body)
    pictures = re.findall(r'<img src="data:image/png;base64,([^"]+)" alt="([^"]+)"', table)
    titles = [alt.partition(", ")[0] for _, alt in pictures]
    assert list(dict.fromkeys(titles)) == ["This image", *(f"Test image {n}" for n in others)]
    assert len(pictures) == 3 * 5

    painted = {alt: np.array(Image.open(io.BytesIO(b64decode(png)))) for png, alt in pictures}
    np.testing.assert_array_equal(painted["This image, Image"], split.images[0])
    first = mapped_layers(network)[0]
    made = [network.run(split.images[n])[first] for n in (0, *others)]
    greatest = max(float(each[..., 4].max()) for each in made)
    name = stage_names(network.layers)[first]
    for title, each in zip(dict.fromkeys(titles), made, strict=True):
        expected = each[..., 4] * (255 / greatest)
        np.testing.assert_allclose(painted[f"{title}, {name}"], expected, atol=0.51)


def test_a_layer_that_another_network_lacks(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = open_page("inside", model="cnn", layer="Conv 2")
    app.selectbox(key="model").select("dense").run()
    assert not app.exception
    assert app.button_group(key="layer").value == "Rescaling"


def _go_inside(app: AppTest) -> None:
    app.switch_page("fmnist/pages/inside.py").run()
    assert not app.exception


def test_it_goes_on_with_what_was_looked_at(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = open_page("images", model="dense", image=5)
    _go_inside(app)
    assert app.number_input(key="image").value == 5
    app.session_state["source"] = "Training"
    app.switch_page("fmnist/pages/images.py").run()
    _go_inside(app)
    assert not app.number_input
    app.button_group(key="which-Training image 5").set_value("Test image").run()
    assert app.number_input


def test_without_data_it_says_what_is_missing(
    no_data: Path, models_folder: Path, open_page: Open
) -> None:
    app = open_page("inside")
    assert "are not here yet" in app.warning[0].value
