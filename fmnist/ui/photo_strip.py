"""The way from a photo to 28×28, step by step."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.inputs import photo_to_strip
from fmnist.ui.photo_tray import Photo
from fmnist.ui.picture import data_url, thumbnail

# Twelve of them fit beside each other on a laptop.
_SIDE = 72


def strip_of(photo: Photo) -> list[tuple[str, NDArray[np.uint8]]]:
    """Return (title, picture) of the photo and of each step; the last is uint8 ``(28, 28)``."""
    return _strip(photo.sha256, photo)


def photo_strip(strip: list[tuple[str, NDArray[np.uint8]]]) -> None:
    """Show every step as a small picture with its name."""
    with st.container(horizontal=True, gap="xsmall", wrap=False):
        for title, picture in strip:
            st.image(data_url(thumbnail(picture, _SIDE)), caption=title, width=_SIDE, alt=title)


@st.cache_resource(max_entries=64, show_spinner=False)
def _strip(sha256: str, _photo: Photo) -> list[tuple[str, NDArray[np.uint8]]]:
    return photo_to_strip(_photo.picture)
