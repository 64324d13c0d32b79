"""Images: those of the data set and a person's own, what the model says, and where it is wrong."""

import streamlit as st

from fmnist.ui.images.mine import mine_view
from fmnist.ui.images.split_view import test_view, training_view
from fmnist.ui.model_picker import chosen_model

SOURCES = {"Test": test_view, "Training": training_view, "Mine": mine_view}

with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    st.title("Images", anchor=False, width="content")
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
