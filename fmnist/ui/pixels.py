"""An image of a few pixels, enlarged, each pixel with its value."""

from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.ui.picture import data_url

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "fmnist_pixels",
    html='<div class="pixels"><img><p aria-live="off"></p></div>',
    css=(_HERE / "pixels.css").read_text(),
    js=(_HERE / "pixels.js").read_text(),
)


def pixels(image: NDArray[np.uint8], caption: str, key: str) -> None:
    """Show a gray image with crisp pixels; the one under the pointer says its value, 0–255.

    Args:
        image: uint8 ``(height, width)``.
        caption: what stands below, and what a screen reader says.
        key: name of the element.
    """
    _component(
        data={"picture": data_url(image), "values": image.tolist(), "caption": caption}, key=key
    )
