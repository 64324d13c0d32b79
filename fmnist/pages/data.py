"""Data: what the images are, how they lie to one another, and which labels are doubtful."""

import streamlit as st

from fmnist.settings import UI
from fmnist.ui.data.labels import labels
from fmnist.ui.data.map import map_view
from fmnist.ui.data.overview import overview
from fmnist.ui.header import beside_title
from fmnist.ui.model_picker import chosen_model

VIEWS = {"Overview": overview, "Map": map_view, "Labels": labels}

st.html(UI / "data" / "data.css")
with beside_title():
    view = st.segmented_control(
        "What to show",
        list(VIEWS),
        default="Overview",
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
VIEWS[view](chosen_model())
