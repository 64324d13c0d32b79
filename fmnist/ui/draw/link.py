"""The drawing in the page's address: a reload keeps it, and a link shows it to somebody else."""

import io
from typing import Any

import streamlit as st
from PIL import Image

from fmnist.preprocessing import InputError
from fmnist.preprocessing.lines import Line, draw_lines, read_lines, write_lines
from fmnist.ui.address import keep_in_address
from fmnist.ui.fabric import path_places, path_width

INK, PAPER = "#111111", "#ffffff"

_NAME = "x"
# Longer ones do not go through every browser and messenger.
_LONGEST = 6_000

# A stroke as the canvas has it: an object of Fabric.js (https://fabricjs.com/api), from JSON.
Stroke = dict[str, Any]


def link_drawing(strokes: list[Stroke]) -> None:
    """Write the drawing into the address; one that is too long for that is left out."""
    try:
        text = write_lines([_line(stroke) for stroke in strokes]) if strokes else ""
    except (TypeError, ValueError, LookupError):  # the browser sent something else
        text = ""
    keep_in_address({_NAME: text if len(text) <= _LONGEST else ""})


def linked_drawing(side: int) -> tuple[list[Stroke], bytes | None]:
    """Return the strokes that the address holds, and the picture that a canvas would send of them.

    Args:
        side: of the canvas, in pixels.
    """
    text = st.query_params.get(_NAME, "")
    try:
        lines = read_lines(text) if text else []
    except InputError as error:
        st.error(str(error), icon=":material/link_off:")
        return [], None
    if not lines:
        return [], None
    file = io.BytesIO()
    Image.fromarray(255 - draw_lines(lines, side)).save(file, "PNG")
    return [_stroke(line) for line in lines], file.getvalue()


def _line(stroke: Stroke) -> Line:
    return Line(path_places(stroke), path_width(stroke), stroke["stroke"] == PAPER)


def _stroke(line: Line) -> Stroke:
    path = [["L" if i else "M", x, y] for i, (x, y) in enumerate(line.places.tolist())]
    return {
        "type": "Path",
        "path": path,
        "fill": None,
        "stroke": PAPER if line.erases else INK,
        "strokeWidth": line.width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
    }
