"""The map itself: a component that draws all points and answers pointer and keys by itself."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.ui.data.map_files import SHEET

MapName = Literal["features", "pixels"]

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


@dataclass(frozen=True)
class Outline:
    """A line that a person has drawn around points.

    Attributes:
        map: on which one.
        corners: ``(n, 2)`` of x and y.
        only: labels of the classes that were shown; all if there are none.
    """

    map: MapName
    corners: list[list[float]]
    only: list[int]


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
) -> Outline | None:
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
        The line that was drawn around points, if there is one on this map.
    """

    def clicked() -> None:
        number = st.session_state[key].get("picked")
        if number is not None:
            on_pick(int(number) if number >= 0 else None)

    drawn = (st.session_state.get(key) or {}).get("outline")
    outline = read_outline(drawn, shown, len(class_names))
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
            "outline": asdict(outline) if outline else None,
        },
        key=key,
        on_picked_change=clicked,
        on_outline_change=lambda: None,
    )
    return outline


def read_outline(drawn: Any, shown: MapName, num_classes: int) -> Outline | None:
    """Read what the browser sent, which may be anything; None if it is no line on this map."""
    try:
        if drawn["map"] != shown:
            return None
        corners = [[float(x), float(y)] for x, y in drawn["corners"]]
        only = [label for label in map(int, drawn["only"]) if 0 <= label < num_classes]
    except (TypeError, ValueError, LookupError):
        return None
    return Outline(shown, corners, only)


def _encoded(predicted: NDArray[np.uint8] | None) -> str:
    return "" if predicted is None else base64.b64encode(predicted.tobytes()).decode()
