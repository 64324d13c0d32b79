"""One feature map of three images of a class, layer after layer: what they have in common."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation.layers import Floats
from fmnist.explanation.network import Network
from fmnist.ui.cache import ReadyModel
from fmnist.ui.inside.image import test_split
from fmnist.ui.inside.stages import IMAGE, stage_names
from fmnist.ui.pixels import data_url, gray

ALIKE = "Alike"

_LAYERS = 4
_MAP = "map"


def mapped_layers(network: Network) -> list[int]:
    """Return the numbers of some layers that make feature maps, from the first to the last."""
    layers = enumerate(network.layers[: network.head])
    maps = [n for n, each in layers if len(each.shape) == 3 and each.kind != "rescaling"]
    spread = np.linspace(0, len(maps) - 1, min(_LAYERS, len(maps)))
    return [maps[n] for n in spread.round().astype(int)]


def alike(model: ReadyModel, network: Network, image: NDArray[np.uint8]) -> None:
    """Let a person choose a feature map, and show it for an image and two of its class."""
    split, made = test_split(model), network.run(image)
    names = model.dataset.class_names
    label = int(made[-1][: len(names)].argmax())
    first = np.flatnonzero(split.labels == label)[:3]
    others = [n for n in first if np.any(split.image(n) != image)]
    titles = ["This image", *(f"Test image {n}" for n in others[:2])]
    images = [image, *(split.image(n) for n in others[:2])]
    runs = [made, *(network.run(each) for each in images[1:])]
    numbers = mapped_layers(network)

    st.caption(
        f"The model calls the first **{names[label]}**; two of that class stand below. Each "
        "column is one filter, on one scale. Look for what is bright in all three: a sole, a strap."
    )
    count = min(network.layers[n].shape[-1] for n in numbers)
    if st.session_state.get(_MAP, 1) > count:
        del st.session_state[_MAP]  # of another network
    chosen = st.slider(
        "Feature map",
        1,
        count,
        _telling(runs, numbers, count) + 1,
        key=_MAP,
        bind="query-params",
        width=400,
    )
    stages = stage_names(network.layers)
    columns = {IMAGE: images} | {
        stages[n]: list(gray(np.stack([run[n][..., chosen - 1] for run in runs]))) for n in numbers
    }
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    rows = (
        [_cell(pictures[row], f"{title}, {name}") for name, pictures in columns.items()]
        for row, title in enumerate(titles)
    )
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    st.html(f'<table class="through"><tr>{head}</tr>{body}</table>')


def _telling(runs: list[list[Floats]], numbers: list[int], count: int) -> int:
    """Return the map that says most where it says least: one that is dark nowhere."""
    greatest = np.array([[run[n].max(axis=(0, 1))[:count] for n in numbers] for run in runs])
    strongest = np.maximum(greatest.max(axis=2, keepdims=True), 1e-9)
    return int((greatest / strongest).min(axis=(0, 1)).argmax())


def _cell(picture: NDArray[np.uint8], alt: str) -> str:
    return f'<td><img src="{data_url(picture)}" alt="{alt}" title="{alt}"></td>'
