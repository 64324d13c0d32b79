"""The switch between a drawing that is filled and the same as it was drawn."""

from collections.abc import Callable

import streamlit as st

from fmnist.inputs import Picture, drawing_to_image, drawing_to_raw_image

_WAYS = {"Filled": drawing_to_image, "Raw": drawing_to_raw_image}


def fill_switch() -> Callable[[Picture], Picture | None]:
    """Let a person choose which way a drawing takes to 28×28; the choice is kept for the visit.

    Returns:
        What makes uint8 ``(28, 28)`` of a drawing, see ``drawing_to_image``.
    """
    way = st.segmented_control(
        "What the model sees",
        list(_WAYS),
        default="Filled",
        required=True,
        key="way",
        persist_state="session",
        label_visibility="collapsed",
    )
    return _WAYS[way or "Filled"]
