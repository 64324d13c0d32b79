"""A class: what one keeps and trains, the others neither see nor stop."""

from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from fmnist.datasets import DATASETS
from fmnist.my_images import default_collection
from fmnist.training.queue import STATUS
from fmnist.training.run import Run
from fmnist.training.runs import list_runs
from fmnist.training.status import State, Status
from fmnist.visitors import COOKIE, sign
from tests.pages.conftest import Open

pytestmark = pytest.mark.usefixtures("data", "models_folder")


def _images(app: AppTest) -> str:
    """What the view of one's own images says of them."""
    (words,) = (c.value for c in app.caption if " right." in c.value) if app.caption else ("",)
    return str(words)


def test_my_images_are_one_s_own(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = DATASETS["fashion-mnist"]
    for n, who in ((1, None), (2, "a")):
        for label in range(n):
            image = np.full((28, 28), label, np.uint8)
            default_collection(dataset, who).add(image, label, "drawing")
    assert "of 1 right" in _images(open_page("images", source="Mine"))
    monkeypatch.setenv("FMNIST_CLASS", "1")
    for cookie, header in ((sign("a"), None), (sign("b"), "Nothing kept yet")):
        monkeypatch.setattr(type(st.context), "cookies", {COOKIE: cookie})
        app = open_page("images", source="Mine")
        assert app.header[0].value == header if header else "of 2 right" in _images(app)
    # Who keeps no cookies is somebody of their own, too.
    monkeypatch.setattr(type(st.context), "cookies", {})
    visits = [open_page("images", source="Mine") for _ in range(2)]
    assert len({app.session_state["visitor"] for app in visits}) == 2
    assert {app.header[0].value for app in visits} == {"Nothing kept yet"}


def test_runs_are_one_s_own(
    open_page: Open, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(run: Run) -> None:
        Status(State.WAITING).write(run.folder / STATUS)

    monkeypatch.setattr(Run, "start", wait)
    monkeypatch.setenv("FMNIST_CLASS", "1")
    for who in ("a", "b"):
        app = open_page("train", visitor=who)
        next(button for button in app.button if button.label == "Train").click().run()
        assert not app.exception
    a, b = (list_runs(visitor=who)[0] for who in ("a", "b"))
    # A link to somebody else's run leads to one's own.
    app = open_page("train", visitor="b", run=a.id)
    assert len(app.selectbox(key="run").options) == 1
    assert app.query_params["run"] == b.id
    assert "In the queue: one run is before this one." in [c.value for c in app.caption]
    next(button for button in app.button if button.label == "Stop").click().run()
    assert (a.stop_wanted, b.stop_wanted) == (False, True)
    monkeypatch.delenv("FMNIST_CLASS")
    assert open_page("train").header[0].value == "Teach a model yourself"
