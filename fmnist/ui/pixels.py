"""Images as the browser takes them, and one enlarged with the value of each pixel."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "fmnist_pixels",
    html='<div class="pixels"><img><div class="scale"></div><p aria-live="off"></p></div>',
    css=(_HERE / "pixels.css").read_text(),
    js=(_HERE / "pixels.js").read_text(),
)


def pixels(
    picture: NDArray[np.uint8],
    caption: str,
    key: str,
    values: NDArray[np.floating] | None = None,
    scale: Sequence[str] = (),
) -> None:
    """Show a picture with crisp pixels; the one under the pointer says its value.

    Args:
        picture: uint8 ``(height, width)`` gray, or ``(height, width, 3)``.
        caption: what stands below, and what a screen reader says.
        key: name of the element.
        values: ``(rows, columns)``, what is said of each part of the picture; by default the
            pixels' own values, 0–255.
        scale: what stands at both ends of a scale from one colour to the other, if there is one.
    """
    told = picture.tolist() if values is None else np.round(values, 2).tolist()
    _component(
        data={
            "picture": data_url(picture),
            "values": told,
            "caption": caption,
            "scale": list(scale),
        },
        key=key,
    )


def gray(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Paint numbers of any shape as uint8: the least, or 0 if none is below, black."""
    low = min(0.0, float(values.min()))
    span = max(float(values.max()) - low, 1e-9)
    return np.rint((values - low) * (255 / span)).astype(np.uint8)


def data_url(picture: NDArray[np.uint8]) -> str:
    """Return a PNG as a data URL, of uint8 ``(h, w)`` gray, ``(h, w, 3)`` or ``(h, w, 4)``."""
    buffer = io.BytesIO()
    # A millisecond now beats a few bytes later.
    Image.fromarray(picture).save(buffer, "PNG", compress_level=1)
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def svg_url(svg: str) -> str:
    """Return a drawing as a data URL."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


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
