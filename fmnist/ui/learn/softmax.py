"""Lesson 3: flatten, dense, softmax, which is not argmax."""

import numpy as np
import pandas as pd
import streamlit as st

from fmnist.explanation.layers import Floats
from fmnist.explanation.network import Network
from fmnist.lessons.losses import softmax
from fmnist.ui import charts
from fmnist.ui.charts import ink
from fmnist.ui.learn.lesson import Answer, Lesson, Link
from fmnist.ui.learn.material import DATASET, DENSE, model, test_image, test_split
from fmnist.ui.pixels import pixels
from fmnist.ui.why.resources import explained

_BAR = 24


@st.fragment
def _live() -> None:
    split, network = test_split(), explained(model(DENSE)).network
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        number = test_image("softmax-number", 98)
        temperature = st.slider(
            "Temperature", 0.25, 4.0, 1.0, 0.25, key="softmax-temperature", width=260
        )
    image, label = split.image(number), int(split.labels[number])
    made, head = network.run(image), network.head
    scores = made[head].reshape(-1)[: len(DATASET.class_names)]
    shares = softmax(scores, temperature)
    picture, bars = st.columns([3, 8], gap="large")
    with picture:
        pixels(image, f"True: {DATASET.class_names[label]}", key="softmax-pixels")
    with bars:
        rows = charts.probabilities_rows(shares, DATASET.class_names, label, by_probability=False)
        specification = charts.probabilities_spec(len(rows), ink(), _BAR)
        charts.show(specification, rows, charts.probabilities_alt(rows))
    st.markdown(_stages(network, made))
    st.dataframe(
        _table(scores, shares),
        hide_index=True,
        height="content",
        row_height=28,
        column_config={
            "Score": st.column_config.NumberColumn(format="%.2f"),
            "softmax": st.column_config.NumberColumn(format="%.3g"),
        },
    )


def _stages(network: Network, made: list[Floats]) -> str:
    """Say how many numbers there are from layer to layer."""
    flat, *hidden = [n for n, layer in enumerate(network.layers) if layer.kind in _KINDS]
    units = [made[n] for n in hidden if n != network.head]
    parts = [f"28×28 pixels → flatten: **{made[flat].size}** numbers"]
    parts += [
        f"dense with ReLU: **{unit.size}** units, {int((unit > 0).sum())} above zero"
        for unit in units
    ]
    parts += [f"dense: **{made[network.head].size}** scores", "softmax: shares that sum to **1**"]
    return " → ".join(parts)


_KINDS = ("flatten", "dense")


def _table(scores: Floats, shares: Floats) -> pd.DataFrame:
    """Each class with its score, what softmax makes of it, and what argmax does."""
    winner = np.arange(len(scores)) == scores.argmax()
    columns = {"Class": DATASET.class_names, "Score": scores, "softmax": shares}
    return pd.DataFrame(columns | {"argmax": winner.astype(int)})


LESSON = Lesson(
    title="Flatten, dense, softmax",
    summary="From 784 pixels to ten shares. Softmax is not argmax.",
    picture=(
        '<g class="soft"><rect x="10" y="8" width="4" height="44" rx="2"/></g>'
        '<g class="line"><path d="M18 14 50 20M18 30 50 20M18 46 50 20M18 14 50 42M18 30 50 42'
        'M18 46 50 42"/></g><g class="ink"><circle cx="54" cy="20" r="4"/>'
        '<circle cx="54" cy="42" r="4"/></g><g class="soft"><rect x="72" y="6" width="8" '
        'height="8" rx="2"/><rect x="72" y="18" width="20" height="8" rx="2"/><rect x="72" '
        'y="42" width="5" height="8" rx="2"/></g><g class="fill"><rect x="72" y="30" width="38" '
        'height="8" rx="2"/></g>'
    ),
    words=(
        "Flatten lays the rows of an image into one line. Each of 128 dense units weighs all 784 "
        "numbers, and ReLU keeps what is above zero. Ten more units, one for each class, give ten "
        "scores. Softmax turns them into shares that sum to 1; argmax only names the greatest."
    ),
    failure=(
        "Image 23 is an ankle boot, and **dense** is 98 % sure of Sandal. A large share says how "
        "far a score is ahead of the others, not that the answer is right."
    ),
    question="Lower the temperature to 0.25. What does softmax do?",
    answers=(
        Answer(
            "The classes change places",
            "All scores are divided by the same number, so the order stays. Look at the column "
            "argmax while you move the temperature.",
        ),
        Answer(
            "The greatest share grows towards 1; the others stay above 0",
            "It comes near argmax and never is argmax: softmax sets nobody to 0, it lets each "
            "class keep its share. At 4 the shares come near each other.",
            right=True,
        ),
        Answer(
            "It sets the greatest to 1 and all others to 0",
            "That is argmax, in the last column. Compare the two columns at 0.25, digit by digit.",
        ),
        Answer(
            "All shares become alike",
            "You went the other way: that happens above 1. Go down to 0.25.",
        ),
    ),
    link=Link(
        "inside.py",
        "Each unit and its weights, for any image",
        {"model": "dense", "layer": "Softmax", "image": "98"},
    ),
    live=_live,
)
