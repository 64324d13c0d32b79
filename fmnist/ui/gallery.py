"""A page of thumbnails that can be clicked."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.ui.pixels import data_url

Outcome = Literal["right", "wrong", "unsure", ""]

_HERE = Path(__file__).parent
_COLUMNS = 10
_component = st.components.v2.component(
    "fmnist_gallery",
    html='<button class="strip" type="button" hidden><i></i><span></span></button>'
    '<div class="gallery" role="group" aria-label="Images"></div>',
    css=(_HERE / "gallery.css").read_text(),
    js=(_HERE / "gallery.js").read_text(),
)


@dataclass(frozen=True)
class Thumbnail:
    """One picture of the gallery: its number, what a pointer resting on it says, and its mark."""

    index: int
    title: str
    outcome: Outcome = ""


def gallery(
    images: NDArray[np.uint8],
    thumbnails: Sequence[Thumbnail],
    selected: int | None,
    on_pick: Callable[[int], None],
    key: str,
    *,
    strip: bool = False,
) -> None:
    """Show thumbnails; a click calls ``on_pick`` with the thumbnail's index.

    Args:
        images: uint8 ``(n, h, w)`` gray or ``(n, h, w, 3)``, at least one, in the order of
            ``thumbnails``.
        thumbnails: what is said of each.
        selected: the index that is outlined, if it is on this page.
        on_pick: called before the rerun that follows a click.
        key: name of the widget.
        strip: whether on a phone, where the answer is far above, what is picked sticks to the top.
    """

    def picked() -> None:
        index = st.session_state[key].get("picked")
        if index is not None:
            on_pick(int(index))

    _component(
        data={
            "sprite": data_url(sprite(images)),
            "columns": _COLUMNS,
            "rows": -(-len(images) // _COLUMNS),
            "items": [asdict(thumbnail) for thumbnail in thumbnails],
            "selected": selected,
            "strip": strip,
        },
        key=key,
        on_picked_change=picked,
    )


def sprite(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Put uint8 ``(n, h, w[, 3])`` images into one ``(rows * h, 10 * w[, 3])``, ten in a row."""
    n, height, width, *channels = images.shape
    rows = -(-n // _COLUMNS)
    sheet = np.zeros((rows * _COLUMNS, height, width, *channels), np.uint8)
    sheet[:n] = images
    sheet = sheet.reshape(rows, _COLUMNS, height, width, *channels).swapaxes(1, 2)
    return sheet.reshape(rows * height, _COLUMNS * width, *channels)
