"""The map itself: a component that draws all points and answers pointer and keys by itself."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.exploration.embedding import MapName
from fmnist.exploration.regions import Region
from fmnist.ui.address import keep_in_address
from fmnist.ui.data.map_files import SHEET
from fmnist.ui.mapped_images import INSIDE, linked_region

_HERE = Path(__file__).parent
_SCRIPTS = ("map_view", "map_points", "map_grid", "map_gestures", "map")
_component = st.components.v2.component(
    "fmnist_map",
    html=(_HERE / "map.html").read_text(),
    css=(_HERE / "map.css").read_text(),
    js="\n".join((_HERE / f"{name}.js").read_text() for name in _SCRIPTS),
)


@dataclass(frozen=True)
class Mark:
    """What is pointed out on the map.

    Attributes:
        name: what stands beside it.
        picture: a data URL.
        places: x and y on each map.
    """

    name: str
    picture: str
    places: dict[MapName, tuple[float, float]]


def image_map(
    folder: str,
    n_train: int,
    class_names: Sequence[str],
    shown: MapName,
    centres: dict[MapName, NDArray[np.floating]],
    summary: str,
    predicted: NDArray[np.uint8] | None,
    marks: Sequence[Mark],
    picked: int | None,
    on_pick: Callable[[int | None], None],
    key: str,
) -> Region | None:
    """Show the map; a click on a point calls ``on_pick`` with the number of its image.

    Args:
        folder: the address of the files of ``map_files``.
        n_train: how many of the images are of training; they come first.
        class_names: in label order.
        shown: which map.
        centres: where on each map the name of each class stands, ``(num_classes, 2)``.
        summary: what is to be seen, for those who do not see it.
        predicted: the labels that a model gives to the test images, uint8 ``(n_test,)``: wrong ones
            are ringed. None rings nothing.
        marks: what else is pointed out.
        picked: the image that was clicked, which is ringed.
        on_pick: called before the rerun that follows a click; with None after Escape.
        key: name of the widget.

    Returns:
        The line that was drawn around points, if there is one on this map. It is in the address.
    """

    def clicked() -> None:
        number = st.session_state[key].get("picked")
        if number is not None:
            on_pick(int(number) if number >= 0 else None)

    state = st.session_state.get(key) or {}
    region = Region.of(state["outline"]) if "outline" in state else linked_region()
    if region and region.map != shown:
        region = None
    _component(
        data={
            "folder": folder,
            "sheet": SHEET,
            "training": n_train,
            "classes": list(class_names),
            "map": shown,
            "centres": {name: np.rint(all_).tolist() for name, all_ in centres.items()},
            "summary": summary,
            "marking": predicted is not None,
            "predicted": _encoded(predicted),
            "marks": [asdict(mark) for mark in marks],
            "picked": -1 if picked is None else picked,
            "outline": asdict(region) if region else None,
        },
        key=key,
        on_picked_change=clicked,
        on_outline_change=lambda: None,
    )
    keep_in_address({INSIDE: region.as_text() if region else ""})
    return region


def _encoded(predicted: NDArray[np.uint8] | None) -> str:
    return "" if predicted is None else base64.b64encode(predicted.tobytes()).decode()
