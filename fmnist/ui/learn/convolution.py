"""Lesson 6: convolution and pooling: laces and a sole."""

import numpy as np
import pandas as pd
import streamlit as st

from fmnist.explanation.filters import PRESETS, filtered
from fmnist.explanation.layers import Floats
from fmnist.ui.learn.lesson import Answer, Lesson, Link
from fmnist.ui.learn.material import DATASET, test_image, test_split
from fmnist.ui.pixels import gray, pixels
from fmnist.ui.wording import percent

_FILTERS: dict[str, Floats] = {
    **PRESETS,
    "Level, upside down": -PRESETS["Level lines"],
    "All nine −1": np.full((3, 3), -1, np.float32),
}
_SIDES = ("left", "middle", "right")


@st.fragment
def _live() -> None:
    split = test_split()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        number = test_image("convolution-number", 9)
        preset = st.selectbox("Filter", list(_FILTERS), 2, key="convolution-filter", width=200)
    image, label = split.image(number), split.labels[number]
    weights, before = st.columns(2, gap="large")
    with weights:
        kernel = st.data_editor(
            pd.DataFrame(_FILTERS[str(preset)], columns=_SIDES),
            key=f"convolution-weights-{preset}",
            hide_index=True,
            column_config={
                side: st.column_config.NumberColumn(side, format="%.2f", required=True)
                for side in _SIDES
            },
        )
        st.caption("The filter: nine weights, to change as you like.")
    with before:
        pixels(image, f"The image: {DATASET.class_names[label]}", key="convolution-pixels")
    made = filtered(image, np.nan_to_num(kernel.to_numpy(np.float32)))
    captions = ("Convolution: 28×28", "ReLU: what is below zero is black", "2×2 max pooling: 14×14")
    with st.container(key="filtered"):
        columns = st.columns(3, wrap=False)
    for column, values, caption in zip(columns, made, captions, strict=True):
        with column:
            pixels(gray(values), caption, key=f"convolution-{caption[:4]}", values=values)
    above = float((made.rectified > 0).mean())
    top, bottom = made.rectified[:14].sum(), made.rectified[14:].sum()
    if above == 0:
        st.warning(
            "Nothing is above zero, so ReLU leaves nothing: this unit is dead. Its gradient is "
            "zero as well, so training cannot wake it.",
            icon=":material/error:",
        )
    else:
        share = bottom / (top + bottom)
        st.markdown(
            f"**{percent(above)}** of the places are above zero. Of all that was found "
            f"**{percent(share)}** lies in the lower half of the image, where a sole is."
        )


LESSON = Lesson(
    title="Convolution and pooling",
    summary="One small filter, everywhere: laces and a sole.",
    picture=(
        '<g class="soft"><rect x="8" y="8" width="44" height="44" rx="4"/></g>'
        '<g class="fill"><rect x="20" y="18" width="16" height="16" rx="2"/></g>'
        '<path class="line" d="M40 26H70"/><path class="line" d="m64 21 6 5-6 5"/>'
        '<g class="soft"><rect x="78" y="14" width="32" height="32" rx="4"/></g>'
        '<g class="fill"><rect x="90" y="24" width="6" height="6" rx="1"/></g>'
    ),
    words=(
        "Looking at every pixel alone is naive. A convolution passes a small filter over the "
        "image: at each place nine pixels times nine weights, summed. It answers where it finds "
        "its pattern: laces, a sole, a handle. Max pooling keeps the greatest of each 2×2. Nobody "
        "writes the filters: the network learns them."
    ),
    failure=(
        "Choose *All nine −1*. Everything comes out below zero, ReLU makes it black, and nothing "
        "is left to learn from: a dead unit."
    ),
    question="Under a sole it is black. Which filter finds that edge, and little else?",
    answers=(
        Answer(
            "Upright lines",
            "It compares left with right. Along a sole both sides of a pixel are alike: choose it "
            "and see where it stays dark.",
        ),
        Answer(
            "Blur",
            "It takes the mean of the neighbours, so all of the shoe stays and nothing is found. "
            "Which weights compare above with below?",
        ),
        Answer(
            "Level lines",
            "Nearly: it compares above with below, but it answers where black is above and bright "
            "is below. How much of what it finds is in the lower half?",
        ),
        Answer(
            "Level lines, turned upside down",
            "It answers where bright is above and black is below: nearly all that it finds lies "
            "along the sole. The upper edge comes out below zero, and ReLU drops it.",
            right=True,
        ),
    ),
    link=Link(
        "inside.py",
        "The filters that a network has learnt",
        {"model": "cnn", "layer": "Conv 1", "image": "9"},
    ),
    live=_live,
)
