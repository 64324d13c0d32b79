"""The course's notebook: to take along, or opened in Colab."""

import streamlit as st

from fmnist.lessons.notebook import colab_address
from fmnist.settings import NOTEBOOK


@st.cache_data(show_spinner=False)
def _address() -> str | None:
    return colab_address(NOTEBOOK)


def notebook_links() -> None:
    """Offer the notebook as a file, and in Colab where this copy was cloned from GitHub."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "The course's notebook",
            NOTEBOOK.read_bytes,
            NOTEBOOK.name,
            "application/x-ipynb+json",
            help="Plain Keras from data to prediction, then the models of this app.",
            on_click="ignore",
            icon=":material/download:",
        )
        if address := _address():
            st.link_button("Open in Colab", address, icon=":material/open_in_new:")
