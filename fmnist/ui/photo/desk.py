"""The desk: the photo that is picked, to look at or to edit, and the others at hand."""

from functools import partial

import streamlit as st

from fmnist.datasets import Dataset
from fmnist.preprocessing import Segmentation
from fmnist.preprocessing.segmentation import DOUBTFUL
from fmnist.ui.cache import ReadyModel
from fmnist.ui.photo.garments import (
    chosen_garment,
    garment_picker,
    keep_choice_in_address,
    names_in,
)
from fmnist.ui.photo.mask_board import edits_of, mask_board
from fmnist.ui.photo.strip import DevelopedPhoto, develop, garments_of
from fmnist.ui.photo.tray import more_photos, photo_shelf, photo_tray, picked_photo
from fmnist.ui.wording import wording

_VIEWS = {
    "photo": ":material/image: Photo",
    "edit": ":material/brush: Edit the mask",
}


def photo_desk(model: ReadyModel) -> DevelopedPhoto | None:
    """Let a person pick a photo and edit what was found in it.

    Args:
        model: whose pipeline the photo takes.

    Returns:
        What has become of the photo that is picked; None as long as there is none.
    """
    dataset = model.dataset
    photo = picked_photo(dataset.pipeline)
    if photo is None:
        photo_tray(dataset.pipeline)
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        view = _view()
        more_photos(dataset.pipeline)
    note = st.container()
    photo = chosen_garment(photo, model)
    if view == "edit":
        mask_board(photo, model)
    edits = edits_of(photo)
    developed = develop(photo, edits, model)
    if view == "photo":
        with st.container(key="photo"):
            if len(garments_of(photo, model)) > 1:
                garment_picker(photo, edits, developed.segmentation.mask, model)
            else:
                thing = wording(dataset).thing
                st.image(developed.outlined, alt=f"Your photo, with a line around the {thing}")
        photo_shelf(dataset.pipeline, partial(names_in, model=model))
    keep_choice_in_address(photo)
    if developed.note:
        note.caption(developed.note)
    # Who has marked it knows better.
    elif sentence := "" if edits.marks else _doubt(developed.segmentation, dataset):
        note.caption(sentence if view == "edit" else f"{sentence} Edit the mask?")
    return developed


def _view() -> str:
    view = st.segmented_control(
        "View",
        list(_VIEWS),
        default="photo",
        required=True,
        format_func=_VIEWS.__getitem__,
        key="desk",
        persist_state="session",
        label_visibility="collapsed",
    )
    return view or "photo"


def _doubt(segmentation: Segmentation, dataset: Dataset) -> str:
    """Say what may be wrong with what was found; nothing if that is unlikely."""
    if segmentation.left_out:
        return wording(dataset).left_out
    if segmentation.confidence < DOUBTFUL:
        return f"The {wording(dataset).thing} was hard to find in this photo."
    return ""
