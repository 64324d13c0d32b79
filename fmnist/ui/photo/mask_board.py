"""The photo on a canvas, on which a person marks what it shows, turns it and starts over."""

import cv2
import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import Dataset
from fmnist.preprocessing import UNMENDED, WAYS, Mending, Way
from fmnist.preprocessing.edits import Kind
from fmnist.preprocessing.steps.negate import NEGATE
from fmnist.ui.photo.canvas_objects import INKS, LINE_WIDTH, Size
from fmnist.ui.photo.mask_sheet import Sheet, lay_out, mend, mending_of
from fmnist.ui.photo.strip import develop
from fmnist.ui.photo.tray import Photo
from fmnist.ui.picture import data_url

# Pixels of the longest side, which fit a phone of 360, and of the brush, as broad as a fingertip.
_SIDE, _BRUSH = 320, 24
# What is not garment, or ink, loses its colour to this one: a shadow alone would hide black cloth.
_VEIL = np.array((88, 112, 156))


def mask_board(photo: Photo, dataset: Dataset) -> None:
    """Show a photo with what was found lit, and let a person paint, turn and start over."""
    height, width = mending_of(photo).turn(photo.picture).shape[:2]
    scale = _SIDE / max(height, width)
    # However narrow a photo is, a finger must find it.
    size = max(_BRUSH, round(width * scale)), max(_BRUSH, round(height * scale))
    sheet = lay_out(photo, size)
    mending = mending_of(photo)
    st.caption("Paint over what is wrong.")
    # The tools stand below: in reach of a thumb, and clear of the canvas's own toolbar.
    slot = st.container()
    tool = _tool(dataset.thing)
    with slot:
        _canvas(sheet, tool, size, _lit(photo, mending, dataset.way, size))
    _changes(photo, mending, WAYS[dataset.way])


def _canvas(sheet: Sheet, tool: Kind, size: Size, picture: NDArray[np.uint8]) -> None:
    # Not above: the component can only be declared while Streamlit runs.
    from streamlit_drawable_canvas import st_canvas

    st_canvas(
        drawing_mode="rect" if tool == "box" else "freedraw",
        stroke_color=INKS[tool],
        stroke_width=LINE_WIDTH if tool == "box" else _BRUSH,
        fill_color="rgba(0, 0, 0, 0)",
        background_image=data_url(picture),
        width=size[0],
        height=size[1],
        initial_drawing={"objects": sheet.objects},
        key=sheet.key,
    )


def _tool(thing: str) -> Kind:
    # The canvas draws a box with a mouse only. Browsers of phones call themselves "Mobi".
    phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    titles: dict[Kind, str] = {
        "garment": f":material/brush: {thing.capitalize()}",
        "ground": f":material/ink_eraser: Not {thing}",
        "box": ":material/select: Box",
    }
    tools: list[Kind] = [tool for tool in titles if tool != "box" or not phone]
    tool = st.segmented_control(
        "Tool",
        tools,
        default="garment",
        required=True,
        format_func=titles.__getitem__,
        key="mask-tool",
        label_visibility="collapsed",
    )
    return tool or "garment"


def _changes(photo: Photo, mending: Mending, way: Way) -> None:
    changes = (
        ("Rotate", "rotate_90_degrees_cw", "By 90 degrees", mending.rotate()),
        ("Mirror", "flip", "Exchange left and right", mending.mirror()),
        ("Invert", "invert_colors", "Exchange light and dark", mending.swap()),
        ("Undo", "undo", "Take the last mark away", mending.mark(mending.marks[:-1])),
        ("Start over", "restart_alt", "Take the photo as it was", UNMENDED),
    )
    with st.container(horizontal=True, gap="xsmall"):
        for label, icon, tip, changed in changes:
            if label == "Invert" and NEGATE not in way.photo_steps:
                continue  # ink may be light or dark
            st.button(
                label,
                icon=f":material/{icon}:",
                help=tip,
                disabled=changed == mending,
                on_click=mend,
                args=(photo, changed),
            )


def _lit(photo: Photo, mending: Mending, way: str, size: Size) -> NDArray[np.uint8]:
    """Veil what was not found: uint8 ``(height, width, 3)`` in the canvas's size."""
    mask = develop(photo, mending, way).found.mask
    picture = cv2.resize(mending.turn(photo.picture), size, interpolation=cv2.INTER_AREA)
    found = cv2.resize(mending.turn(mask), size)[..., None] / 255
    gray = picture.mean(axis=2, keepdims=True)
    veiled = 0.4 * gray + 0.6 * _VEIL
    return np.rint(found * picture + (1 - found) * veiled).astype(np.uint8)
