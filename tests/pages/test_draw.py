"""Draw: an invitation, an answer, and what a browser may send instead of a drawing."""

import base64
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from fmnist.preprocessing.lines import Line, write_lines
from tests.pages.conftest import Open


@pytest.fixture
def draw(data: Path, models_folder: Path, open_page: Open) -> AppTest:
    return open_page("draw")


def _send(app: AppTest, picture: Image.Image) -> AppTest:
    """Do as the canvas does when the pen is lifted."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    url = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    app.session_state["canvas"] = {"drawing": {"raw": {"objects": [{"type": "path"}]}, "data": url}}
    return app.run()


def test_a_blank_canvas_gets_an_invitation(draw: AppTest) -> None:
    assert draw.header[0].value == "Draw something to wear"
    assert not draw.get("vega_lite_chart")
    assert all(b.disabled for b in draw.button if b.label in ("Undo", "Clear"))


def test_a_stroke_gets_an_answer(draw: AppTest) -> None:
    picture = Image.new("RGBA", (320, 320), "white")
    ImageDraw.Draw(picture).rectangle((80, 80, 240, 240), fill="black")
    _send(draw, picture)
    assert not draw.exception
    # A square is not much of a garment, and a model may well say so.
    said = draw.header[0].value
    assert "%" in said or "does not look like any of the ten" in said
    assert draw.get("vega_lite_chart")
    assert not any(b.disabled for b in draw.button if b.label in ("Undo", "Clear"))


def test_a_drawing_that_was_erased_gets_the_invitation(draw: AppTest) -> None:
    _send(draw, Image.new("RGBA", (320, 320), "white"))
    assert draw.header[0].value == "Draw something to wear"


def test_a_picture_too_large_gets_a_sentence(draw: AppTest) -> None:
    _send(draw, Image.new("L", (9000, 9000)))
    assert not draw.exception
    assert "too many pixels" in draw.error[0].value


def _linked(open_page: Open, text: str) -> AppTest:
    app = open_page("images")
    app.query_params["x"] = text
    return app.switch_page("fmnist/pages/draw.py").run()


def test_a_link_shows_its_drawing(data: Path, models_folder: Path, open_page: Open) -> None:
    outline = np.array([[80, 80], [240, 80], [240, 280], [80, 280], [80, 80]], float)
    app = _linked(open_page, write_lines([Line(outline, 16)]))
    assert not app.exception
    assert app.get("vega_lite_chart")
    assert not any(b.disabled for b in app.button if b.label in ("Undo", "Clear"))
    app.session_state["canvas"] = {"drawing": {"raw": {"objects": []}, "data": None}}
    app.run()
    assert app.header[0].value == "Draw something to wear"


def test_a_link_that_is_cut_gets_a_sentence_once(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    app = _linked(open_page, "eNotjcEN")
    assert not app.exception
    assert "does not hold a drawing" in app.error[0].value
    assert app.header[0].value == "Draw something to wear"
    assert not app.run().error
