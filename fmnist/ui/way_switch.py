"""The switch between a drawing on its way to a data set and the same as it was drawn."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from fmnist.preprocessing import Picture, Way, drawing_to_image, drawing_to_raw_image


def way_switch(way: Way) -> Callable[[Picture], Picture | None]:
    """Let a person choose how a drawing comes to 28×28; the choice is kept for the visit.

    Returns:
        What makes uint8 ``(28, 28)`` of a drawing, see ``drawing_to_image``.
    """
    raw = st.segmented_control(
        "What the model sees",
        [False, True],
        default=False,
        required=True,
        format_func=lambda raw: "Raw" if raw else way.drawn,
        key="raw",
        persist_state="session",
        label_visibility="collapsed",
    )
    return drawing_to_raw_image if raw else partial(drawing_to_image, way=way)
