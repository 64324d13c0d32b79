"""“Wrong? It is a …”: a person's own label for an image, which is then kept among theirs."""

import hashlib
from dataclasses import replace

import streamlit as st

from fmnist.datasets import Dataset
from fmnist.my_images import Collection, CollectionError, Item
from fmnist.preprocessing import ModelInputs
from fmnist.settings import is_public
from fmnist.ui.cache import ReadyModel
from fmnist.ui.visitor import my_collection

_PROBLEM = "correction-problem"


def correction(model: ReadyModel, inputs: ModelInputs, kind: str) -> None:
    """Let a person say what an image shows instead, and take it back; in public nothing is kept.

    Args:
        model: whose data set's classes are the labels.
        inputs: what it looks at.
        kind: what it was before, "photo" or "drawing".
    """
    if is_public():
        return
    collection = my_collection(model.dataset)
    kept = collection.find(inputs.image)
    said = kept.inputs.photo_outputs if kept else None
    inputs = replace(inputs, photo_outputs=model.ensemble.photo_outputs(inputs) or said)
    with st.container(horizontal=True, vertical_alignment="center"):
        label_choice(collection, inputs, kind, kept)
        if kept:
            remove_button(collection, kept)
            st.caption("Kept in My images", width="content")
    correction_problem()


def label_choice(collection: Collection, inputs: ModelInputs, kind: str, kept: Item | None) -> None:
    """Let a person choose what an image shows; ``kept`` is what they chose before."""
    # A key of its own for each image; what was chosen is on the disk, and may be another tab's.
    key = f"label-{hashlib.sha256(inputs.image.tobytes()).hexdigest()}"
    st.session_state[key] = label_name(collection.dataset, kept.label) if kept else None
    st.selectbox(
        "Your label",
        _names(collection.dataset),
        index=None,
        placeholder="Wrong? It is a …",
        label_visibility="collapsed",
        filter_mode=None,  # so that a phone shows no keyboard
        required=True,
        key=key,
        on_change=_keep,
        args=(collection, inputs, kind, kept, key),
        width=200,
    )


def remove_button(collection: Collection, *items: Item, label: str = "Remove") -> bool:
    """Let a person delete images of theirs; returns whether they just did."""
    return st.button(
        label, icon=":material/delete:", on_click=_remove, args=(collection, *items), key=label
    )


def correction_problem() -> None:
    """Say what went wrong when the last image was to be kept or removed."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        st.error(problem, icon=":material/error:")


def label_name(dataset: Dataset, label: int | None) -> str:
    """Name what an image is said to show."""
    return _names(dataset)[-1 if label is None else label]


def _names(dataset: Dataset) -> list[str]:
    return [*dataset.class_names, "None of the ten"]


def _keep(
    collection: Collection, inputs: ModelInputs, kind: str, kept: Item | None, key: str
) -> None:
    name, names = st.session_state[key], collection.dataset.class_names
    try:
        label = names.index(name) if name in names else None
        item = collection.add(inputs.image, label, kind, inputs.photo_outputs)
        # A file that somebody put there has a name by which it is not replaced.
        if kept and kept.path != item.path:
            collection.remove(kept)
    except CollectionError as error:
        st.session_state[_PROBLEM] = str(error)
        return
    st.toast(f"Kept in My images: {name}.", icon=":material/check:")


def _remove(collection: Collection, *items: Item) -> None:
    try:
        collection.remove(*items)
    except CollectionError as error:
        st.session_state[_PROBLEM] = str(error)
        return
    st.toast("Removed from My images.", icon=":material/delete:")
