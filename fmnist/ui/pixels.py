"""Images as the browser takes them, and one enlarged with the value of each pixel."""

import base64
import io
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

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


def data_url(picture: NDArray[np.uint8]) -> str:
    """Return a PNG as a data URL, of uint8 ``(h, w)`` gray, ``(h, w, 3)`` or ``(h, w, 4)``."""
    buffer = io.BytesIO()
    # A millisecond now beats a few bytes later.
    Image.fromarray(picture).save(buffer, "PNG", compress_level=1)
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def thumbnail(picture: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Fit a picture into a square of ``side`` pixels, on the colour of its corner.

    A smaller picture is enlarged by whole pixels, so that they stay crisp.
    """
    image = Image.fromarray(picture)
    if max(image.size) < side:
        scale = side // max(image.size)
        image = image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST)
    image.thumbnail((side, side))
    square = Image.new(image.mode, (side, side), image.getpixel((0, 0)))
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return np.asarray(square)
