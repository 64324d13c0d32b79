"""The head of a page: its title, and the model that answers on it."""

from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from fmnist.ui.model_picker import model_picker

_BESIDE: ContextVar[DeltaGenerator] = ContextVar("beside the title")


def header(title: str) -> None:
    """Show a page's title and let a person choose the model.

    It is drawn by ``app.py`` and not by the pages: of what a link to another page says, Streamlit
    drops all that belongs to a widget of the page before.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="header"):
        st.title(title, anchor=False, width="content")
        model_picker()
        beside = st.container(
            horizontal=True, vertical_alignment="center", gap="medium", width="content"
        )
    _BESIDE.set(beside)


def beside_title() -> DeltaGenerator:
    """Return the container beside the title, for what the whole page hangs on."""
    return _BESIDE.get()
