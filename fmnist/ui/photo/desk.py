"""The desk: the photos at hand, or the one that is picked, to be mended."""

import streamlit as st

from fmnist.datasets import Dataset
from fmnist.preprocessing import WAYS
from fmnist.preprocessing.segmentation.result import DOUBTFUL, Found
from fmnist.ui.photo.mask_board import mask_board
from fmnist.ui.photo.mask_sheet import mending_of
from fmnist.ui.photo.strip import Developed, develop
from fmnist.ui.photo.tray import photo_tray, picked_photo

_VIEWS = {
    "photos": ":material/photo_library: Photos",
    "mend": ":material/brush: Mend what was found",
}


def photo_desk(dataset: Dataset) -> Developed | None:
    """Let a person pick a photo and mend what was found in it.

    Args:
        dataset: whose way the photo takes.

    Returns:
        What has become of the photo that is picked; None as long as there is none.
    """
    photo = picked_photo(dataset.way)
    if photo is None:
        photo_tray(dataset.way)
        return None
    view, note = _view(), st.container()
    if view == "mend":
        mask_board(photo, dataset)
    else:
        photo_tray(dataset.way)
    mending = mending_of(photo)
    developed = develop(photo, mending, dataset.way)
    # Who has marked it knows better.
    if sentence := "" if mending.marks else _doubt(developed.found, dataset):
        note.caption(sentence if view == "mend" else f"{sentence} Mend it?")
    return developed


def _view() -> str:
    view = st.segmented_control(
        "View",
        list(_VIEWS),
        default="photos",
        required=True,
        format_func=_VIEWS.__getitem__,
        key="desk",
        persist_state="session",
        label_visibility="collapsed",
    )
    return view or "photos"


def _doubt(found: Found, dataset: Dataset) -> str:
    """Say what may be wrong with what was found; nothing if that is unlikely."""
    if found.left_out:
        return WAYS[dataset.way].left_out
    if found.confidence < DOUBTFUL:
        return f"The {dataset.thing} was hard to find in this photo."
    return ""
