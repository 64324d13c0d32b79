"""The controls of the Browse page: which images, which page of them, which one."""

import random

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import Split
from fmnist.evaluation.selection import ORDERS, OUTCOMES, UNSURE_BELOW, Selection, outcome_masks
from fmnist.ui.cache import ReadyModel, all_predictions, test_predictions
from fmnist.ui.gallery import Outcome, Thumbnail, gallery
from fmnist.ui.wording import in_a_sentence, percent

_PAGE_SIZE = 60


def selection_filter(class_names: tuple[str, ...]) -> Selection:
    """Let a person choose which images to see; the choice is in the URL."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            "Class",
            ["All", *class_names],
            key="class",
            bind="query-params",
            width=170,
        )
        order = st.selectbox("Order", ORDERS, key="order", bind="query-params", width=200)
        outcome = st.segmented_control(
            "Answers",
            OUTCOMES,
            key="answers",
            bind="query-params",
            help=f"Unsure: the likeliest class has less than {percent(UNSURE_BELOW)}.",
        )
    label = class_names.index(name) if name in class_names else None
    return Selection(label, outcome, order)


def selected_indices(selection: Selection, model: ReadyModel, split: Split) -> NDArray[np.intp]:
    """Return the indices of the selection, with predictions for all images if need be."""
    if not selection.needs_predictions:
        return selection.indices(split.labels, None)
    return selection.indices(split.labels, all_predictions(model))


def image_number(indices: NDArray[np.intp], n: int) -> int:
    """Let a person choose one image by its number, which is in the URL, or by chance."""
    # A link, or a data set left behind, may hold a number that this one does not have.
    if st.session_state.get("image", 0) >= n:
        st.session_state["image"] = n - 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.number_input(
            "Image number", 0, n - 1, step=1, key="image", bind="query-params", width=170
        )
        st.button(
            "Surprise me",
            icon=":material/shuffle:",
            on_click=_surprise,
            args=(indices,),
            disabled=not len(indices),
        )
    return int(number)


def image_gallery(
    indices: NDArray[np.intp], model: ReadyModel, split: Split, selected: int
) -> None:
    """Show the chosen images a page at a time; a click on one selects it."""
    if not len(indices):
        st.info("No image fits this choice. Try another class or all answers.")
        return
    num_pages = -(-len(indices) // _PAGE_SIZE)
    if st.session_state.get("page", 1) > num_pages:
        st.session_state["page"] = 1
    slot = st.container()
    page = st.pagination(num_pages, key="page", bind="query-params") if num_pages > 1 else 1
    start = (page - 1) * _PAGE_SIZE
    shown = indices[start : start + _PAGE_SIZE]
    with slot:
        st.caption(f"{start + 1:,}–{start + len(shown):,} of {len(indices):,} images")
        gallery(
            split.images[shown], _thumbnails(shown, model, split), selected, _pick, key="gallery"
        )


def _thumbnails(shown: NDArray[np.intp], model: ReadyModel, split: Split) -> list[Thumbnail]:
    names = [in_a_sentence(name) for name in model.dataset.class_names]
    labels, probabilities = split.labels[shown], test_predictions(model).of(shown)
    masks = outcome_masks(labels, probabilities)
    thumbnails = []
    for place, index in enumerate(shown):
        mark: Outcome = ""
        mark = "unsure" if masks["Unsure"][place] else mark
        mark = "wrong" if masks["Wrong"][place] else mark
        top = probabilities[place].argmax()
        title = (
            f"{index}: {names[labels[place]]}, "
            f"predicted {percent(probabilities[place, top])} {names[top]}"
        )
        thumbnails.append(Thumbnail(int(index), title, mark))
    return thumbnails


def _pick(index: int) -> None:
    st.session_state["image"] = index


def _surprise(indices: NDArray[np.intp]) -> None:
    others = indices[indices != st.session_state["image"]]
    _pick(int(random.choice(others if len(others) else indices)))
