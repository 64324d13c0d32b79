"""The photo on a canvas, on which a person edits the mask."""

from dataclasses import dataclass

import cv2
import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.preprocessing import PIPELINES, UNEDITED, Edits, InputError, Mark, Pipeline, on_ground
from fmnist.preprocessing.edits import Kind
from fmnist.preprocessing.steps.fashion_mnist import NEGATE
from fmnist.ui.cache import ReadyModel
from fmnist.ui.photo.canvas_objects import INKS, LINE_WIDTH, Size, read_objects, write_objects
from fmnist.ui.photo.strip import develop
from fmnist.ui.photo.tray import Photo
from fmnist.ui.pixels import data_url
from fmnist.ui.wording import wording

# Pixels of the longest side, which fit a phone of 360, and of the brush, as broad as a fingertip.
_SIDE, _BRUSH = 320, 24
# What is not garment, or ink, loses its colour to this one: a shadow alone would hide black cloth.
_VEIL = np.array((88, 112, 156))
_SHEET, _EDITS = "mask-sheet", "edits"
# More photos than a session keeps.
_MOST = 64


@dataclass(frozen=True)
class Sheet:
    """A canvas, and what was on it when it was laid out.

    Attributes:
        number: another number is another canvas, which begins anew.
        photo: the key of the photo.
        objects: Fabric's, as ``write_objects`` writes them.
    """

    number: int
    photo: str
    objects: list[dict[str, object]]

    @property
    def key(self) -> str:
        """The name of the widget."""
        return f"mask-{self.number}"

    def read(self, size: Size, edits: Edits) -> tuple[Mark, ...]:
        """Read what is on the canvas by now; raises ``InputError`` as ``read_objects`` does."""
        sent = st.session_state.get(self.key)
        objects: object = None
        match sent.get("drawing") if isinstance(sent, dict) else sent:
            case None:  # nothing has been drawn yet
                objects = self.objects
            case {"raw": {"objects": there}}:
                objects = there
        return read_objects(objects, size, edits)


def mask_board(photo: Photo, model: ReadyModel) -> None:
    """Show a photo with what was found lit, and let a person paint, turn and start over."""
    height, width = edits_of(photo).turn(photo.picture).shape[:2]
    scale = _SIDE / max(height, width)
    # However narrow a photo is, a finger must find it.
    size = max(_BRUSH, round(width * scale)), max(_BRUSH, round(height * scale))
    sheet = lay_out(photo, size)
    edits, dataset = edits_of(photo), model.dataset
    st.caption("Paint over what is wrong.")
    # The tools stand below: in reach of a thumb, and clear of the canvas's own toolbar.
    slot = st.container()
    tool = _tool(wording(dataset).thing)
    with slot:
        _canvas(sheet, tool, size, _lit(photo, edits, model, size))
    _changes(photo, edits, PIPELINES[dataset.pipeline])


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


def _changes(photo: Photo, edits: Edits, pipeline: Pipeline) -> None:
    changes = (
        ("Rotate", "rotate_90_degrees_cw", "By 90 degrees", edits.rotate()),
        ("Mirror", "flip", "Exchange left and right", edits.mirror()),
        ("Invert", "invert_colors", "Exchange light and dark", edits.invert()),
        ("Undo", "undo", "Take the last mark away", edits.with_marks(edits.marks[:-1])),
        ("Start over", "restart_alt", "Take the photo as it was", UNEDITED),
    )
    with st.container(horizontal=True, gap="xsmall"):
        for label, icon, tip, changed in changes:
            if label == "Invert" and NEGATE not in pipeline.steps:
                continue  # ink may be light or dark
            st.button(
                label,
                icon=f":material/{icon}:",
                help=tip,
                disabled=changed == edits,
                on_click=edit,
                args=(photo, changed),
            )


def _lit(photo: Photo, edits: Edits, model: ReadyModel, size: Size) -> NDArray[np.uint8]:
    """Veil what was not found: uint8 ``(height, width, 3)`` in the canvas's size."""
    mask = develop(photo, edits, model).segmentation.mask
    picture = cv2.resize(edits.turn(on_ground(photo.picture)), size, interpolation=cv2.INTER_AREA)
    garment = cv2.resize(mask, size)[..., None] / 255
    gray = picture.mean(axis=2, keepdims=True)
    veiled = 0.4 * gray + 0.6 * _VEIL
    return np.rint(garment * picture + (1 - garment) * veiled).astype(np.uint8)


def edits_of(photo: Photo) -> Edits:
    """Return what this session has changed about a photo."""
    return _all_edits().get(photo.key, UNEDITED)


def edit(photo: Photo, edits: Edits) -> None:
    """Remember a change that was not made on the canvas: it is laid out anew."""
    _remember(photo, edits)
    sheet: Sheet | None = st.session_state.get(_SHEET)
    if sheet:
        st.session_state.pop(sheet.key, None)


def lay_out(photo: Photo, size: Size) -> Sheet:
    """Return the canvas of a photo with all that was marked, and remember what is new on it."""
    edits = edits_of(photo)
    sheet: Sheet | None = st.session_state.get(_SHEET)
    # Without a state the canvas was not shown a moment ago: somebody comes back, or begins.
    if sheet and sheet.photo == photo.key and sheet.key in st.session_state:
        try:
            _remember(photo, edits.with_marks(sheet.read(size, edits)))
            return sheet
        except InputError as error:
            st.error(str(error), icon=":material/error:")
    objects = write_objects(edits.marks, size, edits)
    sheet = Sheet(sheet.number + 1 if sheet else 1, photo.key, objects)
    st.session_state[_SHEET] = sheet
    return sheet


def _remember(photo: Photo, edits: Edits) -> None:
    all_edits = _all_edits()
    all_edits.pop(photo.key, None)
    all_edits[photo.key] = edits  # the last, so that the first is the oldest
    if len(all_edits) > _MOST:
        del all_edits[next(iter(all_edits))]


def _all_edits() -> dict[str, Edits]:
    return st.session_state.setdefault(_EDITS, {})
