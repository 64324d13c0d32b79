"""The head of a page: its title, and the model that answers on it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from fmnist.ui.model_picker import model_picker


def header(title: str) -> DeltaGenerator:
    """Show a page's title and let a person choose the model.

    Returns:
        A container beside the title, for what the whole page hangs on.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="header"):
        st.title(title, anchor=False, width="content")
        model_picker()
        return st.container(
            horizontal=True, vertical_alignment="center", gap="medium", width="content"
        )
