"""A filter to edit by hand, and what it makes of the image at hand."""

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation.filters import PRESETS, filtered
from fmnist.ui.pixels import gray, pixels

YOUR_FILTER = "Your filter"

_PRESET = "preset"


def your_filter(image: NDArray[np.uint8]) -> None:
    """Let a person fill in nine weights, and show convolution, ReLU and pooling with them."""
    st.caption(
        "What a network learns are numbers like these nine. Begin with a known filter, change its "
        "weights, and see what it finds."
    )
    weights, *pictures = st.columns([4, 3, 3, 3], gap="medium")
    with weights:
        preset = st.selectbox("Begin with", list(PRESETS), key=_PRESET, bind="query-params")
        kernel = st.data_editor(
            pd.DataFrame(PRESETS[str(preset)], columns=["left", "middle", "right"]),
            key=f"weights-{preset}",
            hide_index=True,
            column_config={
                side: st.column_config.NumberColumn(side, format="%.2f", required=True)
                for side in ("left", "middle", "right")
            },
        )
    made = filtered(image, np.nan_to_num(kernel.to_numpy(np.float32)))
    captions = ("Convolution", "ReLU: what is below zero is black", "2×2 max pooling: 14×14")
    for column, values, caption in zip(pictures, made, captions, strict=True):
        with column:
            pixels(gray(values), caption, key=f"filtered-{caption[:4]}", values=values)
