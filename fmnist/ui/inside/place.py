"""One place of a feature map, and the arithmetic that made it, as the pointer moves."""

import base64
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation.layers import Floats, Layer

# Kinds of layers whose output at a place comes from a window of their input.
WINDOWED = (
    "convolution",
    "depthwise convolution",
    "max pooling",
    "average pooling",
    "add",
)

_HERE = Path(__file__).parent
_FIGURE = "<figure><div><canvas></canvas><s></s></div><figcaption></figcaption></figure>"
_component = st.components.v2.component(
    "fmnist_place",
    html=f'<div class="pictures">{_FIGURE * 2}</div><div class="sum" aria-live="polite"></div>',
    css=(_HERE / "place.css").read_text(),
    js=(_HERE / "place.js").read_text(),
)


def place(
    layer: Layer, sources: Sequence[Floats], names: Sequence[str], out: Floats, n: int
) -> None:
    """Show how one filter makes what comes out of what comes in, at the place pointed at.

    Args:
        layer: of a kind in ``WINDOWED``.
        sources: what it takes, ``(h, w, channels)`` each.
        names: of the sources.
        out: what it makes, ``(h, w, filters)``.
        n: the number of the filter.
    """
    if layer.kind == "convolution":
        source, kernel = sources[0], layer.kernel
        words = [
            f"channel {channel + 1}" if source.shape[-1] > 1 else names[0]
            for channel in range(source.shape[-1])
        ]
    else:  # each filter looks at its own channel
        source, kernel = np.stack([each[..., n] for each in sources], axis=-1), layer.kernel
        words = [f"{name}, channel {n + 1}" for name in names]
    window = layer.window if kernel is None else kernel.shape[:2]
    start = np.unravel_index(np.abs(out[..., n]).argmax(), out.shape[:2])
    _component(
        data={
            "kind": "convolution" if kernel is not None else layer.kind,
            "source": {"shape": source.shape, "values": _encoded(source)},
            "out": {"shape": out.shape[:2], "values": _encoded(out[..., n])},
            "kernel": None if kernel is None else _encoded(kernel[..., n]),
            "bias": 0.0 if layer.bias is None else float(layer.bias[n]),
            "relu": layer.relu,
            "stride": layer.stride,
            "window": window,
            "names": words,
            "start": [int(each) for each in start],
        },
        key="place",
    )


def _encoded(array: NDArray[np.floating]) -> str:
    return base64.b64encode(np.ascontiguousarray(array, np.float32).tobytes()).decode()
