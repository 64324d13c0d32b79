"""A network, layer by layer, with the image at hand."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation.layers import CURVED, Floats, Layer
from fmnist.ui.cache import ReadyModel
from fmnist.ui.gallery import Thumbnail, gallery
from fmnist.ui.glossary import write
from fmnist.ui.inside.alike import ALIKE, alike, mapped_layers
from fmnist.ui.inside.dense import curve, dense, flatten, softmax
from fmnist.ui.inside.place import WINDOWED, place
from fmnist.ui.inside.stages import IMAGE, stage_names, summary
from fmnist.ui.inside.your_filter import YOUR_FILTER, your_filter
from fmnist.ui.pixels import pixels
from fmnist.ui.why.resources import explained

_LAYER = "layer"
# The share of the strongest map's range below which a map is not made brighter.
_FAINT = 0.1


@st.fragment
def layers(model: ReadyModel, image: NDArray[np.uint8]) -> None:
    """Let a person choose a layer and see what it makes of an image; it reruns alone."""
    network = explained(model).network
    names = stage_names(network.layers)
    has_maps = bool(mapped_layers(network))
    options = [IMAGE, *names, *([ALIKE] if has_maps else []), YOUR_FILTER]
    if st.session_state.get(_LAYER, IMAGE) not in options:
        del st.session_state[_LAYER]  # of another network
    name = st.segmented_control(
        "Layer",
        options,
        default=names[0],
        required=True,
        key=_LAYER,
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    if name == IMAGE:
        _image(image)
    elif name == ALIKE:
        alike(model, network, image)
    elif name == YOUR_FILTER:
        your_filter(image)
    else:
        number, made = names.index(str(name)), network.run(image)
        layer = network.layers[number]
        write(summary(layer), small=True)
        if layer.kind == "flatten":
            flatten(_taken(layer, made, image)[0])
        elif layer.kind == "dense":
            dense(model, network, number, made, image)
        elif layer.kind in CURVED and len(layer.shape) == 1:
            curve(names[number], made[layer.inputs[0]], made[number])
        elif layer.kind == "softmax":
            softmax(model, made[layer.inputs[0]])
        else:
            _maps(layer, made, number, [*names, IMAGE], image)


def _image(image: NDArray[np.uint8]) -> None:
    st.caption("**28×28** numbers go in: 0 is black, 255 is white. Point at one to read it.")
    picture, table = st.columns([4, 7], gap="large")
    with picture:
        pixels(image, "What the model sees: 28×28 pixels", key="inside-image")
    with table:
        st.dataframe(image, height=420, hide_index=False, row_height=22)


def _taken(layer: Layer, made: list[Floats], image: NDArray[np.uint8]) -> list[Floats]:
    """What a layer takes in, ``(h, w, channels)`` or ``(units,)`` each."""
    # The last of them is the image: its number is -1.
    everything = [*made, image.astype(np.float32)[..., None]]
    return [everything[number] for number in layer.inputs]


def _maps(
    layer: Layer,
    made: list[Floats],
    number: int,
    names: list[str],
    image: NDArray[np.uint8],
) -> None:
    """Show the feature maps as a grid, and one of them with how it is made."""
    sources = _taken(layer, made, image)
    pooled = layer.kind == "global average pooling"
    # Of what is one number, the map whose mean it is.
    maps = sources[0] if pooled else made[number]
    if maps.ndim == 2:
        maps = maps[..., None]
    filters = maps.shape[-1]
    strongest = maps.mean(axis=(0, 1)) if pooled else maps.max(axis=(0, 1))
    key = f"filter-{names[number]}-{filters}"
    picked = min(st.session_state.get(key, int(strongest.argmax())), filters - 1)
    one, grid = st.columns([6, 5], gap="large")
    with grid:
        st.markdown(f"**{filters} feature maps**" if filters > 1 else "**What comes out**")
        what = "mean" if pooled else "greatest"
        titles = [f"Map {n + 1}: {what} {value:.2f}" for n, value in enumerate(strongest)]
        gallery(
            _gray(maps),
            [Thumbnail(n, title) for n, title in enumerate(titles)],
            picked,
            lambda n: st.session_state.update({key: n}),
            key="maps",
            strip=True,
        )
    with one:
        st.markdown(
            f"**Map {picked + 1}, place by place**" if filters > 1 else "**Place by place**"
        )
        if layer.kind in WINDOWED:
            place(layer, sources, [names[n] for n in layer.inputs], made[number], picked)
        else:
            shown = maps[..., picked]
            said = f"The mean of these {shown.size} numbers is {shown.mean():.3f}" if pooled else ""
            pixels(_gray(maps)[picked], said, key="one-map", values=shown)


def _gray(maps: Floats) -> NDArray[np.uint8]:
    """Paint maps ``(h, w, n)`` as uint8 ``(n, h, w)``, each from its least to its greatest number.

    One that says next to nothing beside the others stays dark.
    """
    low = np.minimum(maps.min(axis=(0, 1)), 0)
    span = maps.max(axis=(0, 1)) - low
    span = np.maximum(span, max(_FAINT * float(span.max()), 1e-9))
    return np.rint((maps - low) * (255 / span)).astype(np.uint8).transpose(2, 0, 1)
