"""Data: what is in the data set that a model learns from."""

import streamlit as st

from fmnist.ui.data.map import map_view
from fmnist.ui.header import beside_title
from fmnist.ui.model_picker import chosen_model

VIEWS = {"Map": map_view}

with beside_title():
    view = st.segmented_control(
        "View",
        list(VIEWS),
        default="Map",
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
VIEWS[view](chosen_model())
