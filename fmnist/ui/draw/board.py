"""The canvas with its tools, and the switch between a drawing and what becomes of it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from fmnist.datasets import Dataset
from fmnist.preprocessing import PIPELINES, Picture, drawing_to_image, drawing_to_raw_image
from fmnist.ui.draw.link import INK, PAPER, link_drawing, linked_drawing
from fmnist.ui.wording import wording

# Pixels. It fits a phone of 360 pixels, and a medium stroke becomes some 1.4 of 28 pixels.
_SIZE = 320
_WIDTHS = {"Fine": 8, "Medium": 16, "Broad": 32}
_CANVAS, _SHEET, _DRAWN = "canvas", "sheet", "drawn"


def drawing_board() -> bytes | None:
    """Show a canvas with pen, eraser, undo and clear; the drawing is kept in the address.

    Returns:
        The drawing as a PNG, dark on white; None until the first stroke. It comes from the
        browser, so its size must be checked before it is decoded.
    """
    # Not above: the component can only be declared while Streamlit runs.
    from streamlit_drawable_canvas import st_canvas

    # The tools stand below: in reach of a thumb, and clear of the canvas's own toolbar.
    slot = st.container()
    with st.container(horizontal=True):
        eraser = st.segmented_control(
            "Tool",
            [False, True],
            default=False,
            required=True,
            format_func=lambda eraser: (
                ":material/ink_eraser: Eraser" if eraser else ":material/edit: Pen"
            ),
            key="eraser",
            persist_state="session",
            label_visibility="collapsed",
        )
        width = st.segmented_control(
            "Stroke",
            list(_WIDTHS),
            default="Medium",
            required=True,
            key="stroke",
            persist_state="session",
            label_visibility="collapsed",
        )
    kept, picture = st.session_state.get(_DRAWN) or linked_drawing(_SIZE)
    if _CANVAS not in st.session_state:
        _new_sheet(kept)  # somebody comes back from another page, to a new canvas
    start = st.session_state.get(_SHEET)
    with slot:
        canvas = st_canvas(
            stroke_width=_WIDTHS[width or "Medium"],
            stroke_color=PAPER if eraser else INK,
            background_color=PAPER,
            width=_SIZE,
            height=_SIZE,
            initial_drawing=start,
            return_image_data=True,
            key=_CANVAS,
        )
    strokes = (canvas.json_data or {}).get("objects", [])
    # A new canvas sends no picture of what it was given.
    picture = canvas.image_bytes or picture
    st.session_state[_DRAWN] = strokes, picture
    link_drawing(strokes)
    with st.container(horizontal=True):
        for label, icon, left in (("Undo", "undo", strokes[:-1]), ("Clear", "delete", [])):
            st.button(
                label,
                icon=f":material/{icon}:",
                disabled=not strokes,
                on_click=_new_sheet,
                args=(left,),
            )
    return picture if strokes else None


def _new_sheet(strokes: list[dict[str, object]]) -> None:
    """Put these strokes on the canvas instead of what is there."""
    # The canvas loads a drawing, and sends its picture, only if it is another one than it was
    # given before; the number makes it another one.
    before = st.session_state.get(_SHEET, {"sheet": 0})
    st.session_state[_SHEET] = {"objects": strokes, "sheet": before["sheet"] + 1}


def pipeline_switch(dataset: Dataset) -> Callable[[Picture], Picture | None]:
    """Let a person choose how a drawing comes to 28×28.

    A new visit to the page begins with the pipeline: raw is to look at, and would spoil answers.

    Returns:
        What makes uint8 ``(28, 28)`` of a drawing, see ``drawing_to_image``.
    """
    raw = st.segmented_control(
        "What the model sees",
        [False, True],
        default=False,
        required=True,
        format_func=lambda raw: "Raw" if raw else wording(dataset).drawn,
        key="raw",
    )
    if raw:
        return drawing_to_raw_image
    return partial(drawing_to_image, pipeline=PIPELINES[dataset.pipeline])
