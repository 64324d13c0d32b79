"""Images: those of the data set and a person's own, what the model says, and where it is wrong."""

import streamlit as st

from fmnist.settings import is_public
from fmnist.ui.header import beside_title
from fmnist.ui.images.mine import mine_view
from fmnist.ui.images.split_view import test_view, training_view
from fmnist.ui.model_picker import chosen_model

SOURCES = {"Test": test_view, "Training": training_view}
if not is_public():  # where nothing is kept
    SOURCES["Mine"] = mine_view

with beside_title():
    source = st.segmented_control(
        "Which images",
        list(SOURCES),
        default="Test",
        required=True,
        key="source",
        bind="query-params",
        label_visibility="collapsed",
    )
SOURCES[source](chosen_model())
