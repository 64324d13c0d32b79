"""The images of one half of the data set, filtered, sorted and picked."""

import random

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import DataUnavailableError, SplitName
from fmnist.evaluation.selection import ORDERS, OUTCOMES, UNSURE_BELOW, Selection, outcome_masks
from fmnist.preprocessing import ModelInputs
from fmnist.ui.cache import ReadyModel
from fmnist.ui.gallery import Outcome, Thumbnail, gallery
from fmnist.ui.glossary import write
from fmnist.ui.images.region import chosen_region, points_of
from fmnist.ui.missing_data import missing_data
from fmnist.ui.panel import prediction_panel
from fmnist.ui.splits import LoadedSplit, all_predictions, loaded_split, predictions
from fmnist.ui.subject import TEST_IMAGE
from fmnist.ui.wording import in_a_sentence, percent

_PAGE_SIZE = 60
_ALL = "All"
_IMAGE, _PAGE, _SELECTED = "image", "page", "selected-before"


def test_view(model: ReadyModel) -> None:
    """Show the images that no model has learnt from."""
    _view(model, "test")


def training_view(model: ReadyModel) -> None:
    """Show the images that models learn from."""
    _view(model, "train")


def _view(model: ReadyModel, name: SplitName) -> None:
    try:
        split = loaded_split(model.dataset, name)
    except DataUnavailableError as error:
        missing_data(model.dataset, error, name)
        return
    panel, images = st.columns([7, 6], gap="large")
    with images:
        selection = _filter(model.dataset.class_names)
        probabilities = all_predictions(model, name) if selection.needs_predictions else None
        points = points_of(model, name, selection.region) if selection.region else None
        indices = selection.indices(split.labels, probabilities, points)
        _follow(selection, indices, len(split.labels))
    with panel:
        number = _number(indices, len(split.labels))
        inputs = ModelInputs(split.image(number))
        prediction = predictions(model, name).one(number)
        label = int(split.labels[number])
        called = TEST_IMAGE if name == "test" else f"Training image {number}"
        origin = called, "images.py", number if name == "test" else None
        prediction_panel(model, inputs, prediction, label, origin=origin)
        half = "test" if name == "test" else "training"
        write(f"Of the {half} set of {model.dataset.title}, {split.source}", small=True)
    with images:
        _gallery(indices, model, name, split, number)


def _filter(class_names: tuple[str, ...]) -> Selection:
    """Let a person choose which images to see; the choice is in the URL."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        true, predicted = (
            st.selectbox(label, [_ALL, *class_names], key=key, bind="query-params", width=135)
            for label, key in (("Class", "class"), ("Predicted", "predicted"))
        )
        order = st.selectbox("Order", ORDERS, key="order", bind="query-params", width=185)
        outcome = st.segmented_control(
            "Answers",
            OUTCOMES,
            key="answers",
            bind="query-params",
            help=f"Unsure: the likeliest class has less than {percent(UNSURE_BELOW)}.",
        )
        region = chosen_region()
    label, taken_for = (
        class_names.index(name) if name in class_names else None for name in (true, predicted)
    )
    return Selection(label, outcome, order, taken_for, region)


def _follow(selection: Selection, indices: NDArray[np.intp], n: int) -> None:
    """Keep the image that is shown among those chosen: a new choice begins with its first."""
    # A link, or a data set left behind, may hold a number that this one does not have.
    shown = min(st.session_state.get(_IMAGE, 0), n - 1)
    chosen_anew = st.session_state.get(_SELECTED, selection) != selection
    if chosen_anew:
        st.session_state[_PAGE] = 1
    if len(indices) and (chosen_anew or shown not in indices):
        shown = int(indices[0])
    st.session_state.update({_IMAGE: shown, _SELECTED: selection})


def _number(indices: NDArray[np.intp], n: int) -> int:
    """Let a person choose one image by its number, which is in the URL, or by chance."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.number_input(
            "Image number",
            0,
            n - 1,
            step=1,
            key=_IMAGE,
            bind="query-params",
            width=170,
            on_change=_step,
            args=(indices, st.session_state[_IMAGE]),
        )
        st.button(
            "Surprise me",
            icon=":material/shuffle:",
            on_click=_surprise,
            args=(indices,),
            disabled=not len(indices),
        )
    return int(number)


def _gallery(
    indices: NDArray[np.intp],
    model: ReadyModel,
    name: SplitName,
    split: LoadedSplit,
    selected: int,
) -> None:
    """Show the chosen images a page at a time; a click on one selects it."""
    if not len(indices):
        st.info("No image fits this choice. Try another class or all answers.")
        return
    num_pages = -(-len(indices) // _PAGE_SIZE)
    if st.session_state.get(_PAGE, 1) > num_pages:
        st.session_state[_PAGE] = 1
    slot = st.container()
    page = st.pagination(num_pages, key=_PAGE, bind="query-params") if num_pages > 1 else 1
    start = (page - 1) * _PAGE_SIZE
    shown = indices[start : start + _PAGE_SIZE]
    with slot:
        st.caption(
            f"{start + 1:,}–{start + len(shown):,} of {len(indices):,} images, "
            ":red[●] wrong, :orange[○] unsure"
        )
        thumbnails = _thumbnails(shown, model, name, split)
        gallery(split.images[shown], thumbnails, selected, _pick, key="gallery", strip=True)


def _thumbnails(
    shown: NDArray[np.intp], model: ReadyModel, name: SplitName, split: LoadedSplit
) -> list[Thumbnail]:
    names = [in_a_sentence(name) for name in model.dataset.class_names]
    labels, probabilities = split.labels[shown], predictions(model, name).of(shown)
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
    st.session_state[_IMAGE] = index


def _turn_to(index: int, indices: NDArray[np.intp]) -> None:
    """Turn the gallery to the page on which an image is."""
    (places,) = np.nonzero(indices == index)
    if len(places):
        st.session_state[_PAGE] = int(places[0]) // _PAGE_SIZE + 1


def _step(indices: NDArray[np.intp], before: int) -> None:
    """Step to the next of the images chosen, or to the nearest of them if a number was typed."""
    number = st.session_state[_IMAGE]
    (places,) = np.nonzero(indices == before)
    if not len(indices):
        return
    if abs(number - before) == 1 and len(places):
        number = indices[np.clip(places[0] + number - before, 0, len(indices) - 1)]
    elif number not in indices:
        number = indices[np.abs(indices - number).argmin()]
    _pick(int(number))
    _turn_to(int(number), indices)


def _surprise(indices: NDArray[np.intp]) -> None:
    others = indices[indices != st.session_state[_IMAGE]]
    number = int(random.choice(others if len(others) else indices))
    _pick(number)
    _turn_to(number, indices)
