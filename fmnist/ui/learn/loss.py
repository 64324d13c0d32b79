"""Lesson 4: the loss, and the optimiser that walks down on it."""

from functools import cache

import numpy as np
import pandas as pd
import streamlit as st

from fmnist.lessons.losses import Floats
from fmnist.lessons.memorising import Examples
from fmnist.lessons.optimisers import OPTIMISERS
from fmnist.lessons.surface import Surface, cut, walk
from fmnist.ui import charts
from fmnist.ui.charts import ink
from fmnist.ui.learn.charts import surface_spec
from fmnist.ui.learn.lesson import RATE_TOO_HIGH, Answer, Lesson, Link
from fmnist.ui.learn.material import training_examples
from fmnist.ui.wording import percent

_IMAGES, _MOST = 300, 60
_RATES = (0.03, 0.1, 0.3, 1.0)
# Fields of the picture, and what it shows.
_ALONG, _ACROSS = np.linspace(-1, 9, 41), np.linspace(-2, 1.5, 29)
_COLUMNS = ["kind", "a", "b", "a2", "b2", "loss", "series", "step", "last"]


@st.fragment
def _live() -> None:
    surface = _surface(training_examples(0, _IMAGES))
    steps, rates = st.columns(2, gap="medium")
    step = steps.slider("Steps", 0, _MOST, 12, key="loss-steps")
    rate = rates.select_slider("Learning rate", _RATES, 0.3, key="loss-rate")
    ways = {name: walk(surface, name, rate, step) for name in OPTIMISERS}
    ends = {name: way[-1] for name, way in ways.items()}
    rows = [_fields(surface), *(_way(name, way) for name, way in ways.items())]
    charts.show(
        surface_spec(ink()),
        pd.concat(rows),
        alt=f"The loss over two directions, and two ways after {step} steps: "
        + ", ".join(f"{name} at a loss of {end[2]:.2f}" for name, end in ends.items()),
    )
    for name, column in zip(ways, st.columns(2, gap="medium", wrap=False), strict=True):
        right = surface.accuracy(ends[name][:2])
        column.metric(
            f"{name}: loss after {step} steps",
            f"{ends[name][2]:.2f}",
            f"{percent(right)} right",
            delta_color="off",
            delta_arrow="off",
        )
    st.markdown(_by_hand(surface, ways["SGD"], rate))
    st.caption(
        f"A real slice: softmax regression on {_IMAGES} training images, two directions out of "
        "its 7,850. The nearer to the colour of the paper, the lower. Dots: SGD; squares: Adam, "
        "from the same place."
    )


def _by_hand(surface: Surface, way: Floats, rate: float) -> str:
    """Write out SGD's last step, or what there is before the first."""
    if len(way) == 1:
        return (
            "**After `compile`, before `fit`:** loss and optimiser have names, and no step was "
            "made. The weights are random."
        )
    (a, b, before), (a2, b2, after) = way[-2:]
    _, (slope_a, slope_b) = surface.slope(way[-2, :2])
    sums = (
        f"{a:.2f} − {rate:g} × ({slope_a:.2f}) = **{a2:.2f}**, "
        f"{b:.2f} − {rate:g} × ({slope_b:.2f}) = **{b2:.2f}**"
    )
    falls = "falls" if after < before else "rises"
    line = (
        f"SGD's step {len(way) - 1} by hand: {sums}. The loss {falls}: {before:.2f} → {after:.2f}"
    )
    return line.replace("-", "−")


@st.cache_resource(max_entries=1, show_spinner="Computing the loss…")
def _surface(_examples: Examples) -> Surface:
    return cut(_examples.images, _examples.labels)


@st.cache_resource(max_entries=1, show_spinner="Computing the loss…")
def _fields(_surface: Surface) -> pd.DataFrame:
    losses = _surface.losses(_ALONG, _ACROSS)
    a, b = np.meshgrid(_ALONG, _ACROSS)
    half_a, half_b = (_ALONG[1] - _ALONG[0]) / 2, (_ACROSS[1] - _ACROSS[0]) / 2
    lap = 1.5  # fields overlap a little, or the paper would shine through between them
    table = pd.DataFrame(
        {
            "a": (a - half_a).clip(_ALONG[0]).ravel(),
            "b": (b - half_b).clip(_ACROSS[0]).ravel(),
            "a2": (a + lap * half_a).clip(max=_ALONG[-1]).ravel(),
            "b2": (b + lap * half_b).clip(max=_ACROSS[-1]).ravel(),
            "loss": losses.ravel().round(4),
        }
    )
    return table.assign(kind="loss", series="", step=0, last=False)[_COLUMNS]


def _way(name: str, way: Floats) -> pd.DataFrame:
    table = pd.DataFrame(way, columns=["a", "b", "loss"])
    steps = range(len(way))
    last = [n == len(way) - 1 for n in steps]
    return table.assign(kind="way", a2=0.0, b2=0.0, series=name, step=steps, last=last)[_COLUMNS]


@cache
def _contours() -> str:
    """Draw rings around a place, and a way that leads there."""
    rings = "".join(
        f'<ellipse class="line" cx="70" cy="32" rx="{rx}" ry="{rx * 0.5:g}"/>'
        for rx in (8, 21, 34, 47)
    )
    return rings + '<path class="strong" d="M18 8 32 42 44 20 54 38 62 28 70 32"/>'


LESSON = Lesson(
    title="Loss and optimiser",
    summary="Walk down a real loss, step by step. SGD against Adam.",
    picture=_contours(),
    words=(
        "The loss says how wrong a network is: cross-entropy, minus the logarithm of the share "
        "that the true class gets. Its gradient points uphill, so the optimiser goes the other "
        "way. Adam gives each weight its own step. `compile` only names loss and optimiser; "
        "`fit` is what trains."
    ),
    failure=(
        "With a learning rate of 1, SGD is thrown from one side of the valley to the other; "
        "at about every third step its loss rises."
    ),
    question="You call `compile`, then `evaluate`, and never `fit`. What do you get?",
    answers=(
        Answer(
            "An error: it is not trained",
            "It has weights and can compute, so it answers. Set the steps to 0: how many of the "
            "images does it get right?",
        ),
        Answer(
            "The accuracy of the trained network",
            "Where would that come from? Set the steps to 0, which is where `compile` leaves it.",
        ),
        Answer(
            "About 1 in 10 right, by luck",
            "The weights are still random: ten classes, one guess. `compile` trains nothing.",
            right=True,
        ),
    ),
    link=Link("train.py", "Train with a rate that is too high", {"preset": RATE_TOO_HIGH}),
    live=_live,
)
