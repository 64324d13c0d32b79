"""Which image goes through the network."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import DataUnavailableError
from fmnist.settings import PAGES
from fmnist.ui.cache import ReadyModel
from fmnist.ui.missing_data import missing_data
from fmnist.ui.splits import LoadedSplit, loaded_split
from fmnist.ui.subject import TEST_IMAGE, remembered

_IMAGE, _CAME = "image", "came-inside"


def chosen_image(model: ReadyModel) -> NDArray[np.uint8]:
    """Let a person choose: what they looked at last, with a way back, or any test image."""
    subject = remembered()
    names = (
        [TEST_IMAGE]
        if subject is None or subject.name == TEST_IMAGE
        else [subject.name, TEST_IMAGE]
    )
    name = names[0]
    if len(names) > 1:
        name = st.segmented_control(
            "Which image",
            names,
            default=names[0],
            required=True,
            key=f"which-{names[0]}",
            label_visibility="collapsed",
        )
    image = subject.image if subject and name != TEST_IMAGE else _test_image(model)
    if subject:
        back = subject.page if name == subject.name else "images.py"
        st.page_link(PAGES / back, label="Back to the answer", icon=":material/arrow_back:")
    return image


def test_split(model: ReadyModel) -> LoadedSplit:
    """Return the test images that belong to a model; without them, say so and end the page."""
    try:
        return loaded_split(model.dataset)
    except DataUnavailableError as error:
        missing_data(model.dataset, error)
        st.stop()


def _test_image(model: ReadyModel) -> NDArray[np.uint8]:
    split = test_split(model)
    n, subject = len(split.labels), remembered()
    # What was looked at elsewhere comes first; from there a person steps on.
    if subject and subject.number is not None and subject.number != st.session_state.get(_CAME):
        st.session_state.update({_CAME: subject.number, _IMAGE: subject.number})
    if st.session_state.get(_IMAGE, 0) >= n:
        st.session_state[_IMAGE] = n - 1
    number = st.number_input(
        "Test image",
        0,
        n - 1,
        step=1,
        key=_IMAGE,
        bind="query-params",
        width=170,
        label_visibility="collapsed",
    )
    name = model.dataset.class_names[split.labels[number]]
    st.caption(f"of the test images: {name}", width="content")
    return split.image(int(number))
