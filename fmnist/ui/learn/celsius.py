"""Lesson 1: a line that one neuron finds, and what ReLU bends."""

import numpy as np
import pandas as pd
import streamlit as st

from fmnist.lessons.losses import Floats
from fmnist.lessons.regression import (
    CELSIUS,
    FAHRENHEIT,
    METRES,
    SECONDS,
    bend,
    descend,
    root_mean_square,
)
from fmnist.ui import charts
from fmnist.ui.charts import ink
from fmnist.ui.learn.charts import fit_spec
from fmnist.ui.learn.lesson import Answer, Lesson, Link

_LINE, _CURVE = "A line", "A curve"
_STEPS = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_RATES = (0.0003, 0.001, 0.0015, 0.002)
_UNITS = (0, 1, 2, 3, 4, 8)
_STARTS = 6


@st.fragment
def _live() -> None:
    what = st.segmented_control(
        "What to fit",
        [_LINE, _CURVE],
        default=_LINE,
        required=True,
        key="celsius-what",
        label_visibility="collapsed",
    )
    if what == _LINE:
        _line()
    else:
        _curve()


def _line() -> None:
    steps, rates = st.columns(2, gap="medium")
    step = steps.select_slider("Steps of gradient descent", _STEPS, 20, key="celsius-steps")
    rate = rates.select_slider("Learning rate", _RATES, 0.001, key="celsius-rate")
    path = _path(rate)
    reached = min(step, len(path) - 1)
    weight, bias = path[reached]
    before = [n for n in _STEPS if 0 < n < reached][-4:]
    ends = np.array([-45.0, 45.0])
    rows = _rows("measured", "The seven pairs", CELSIUS, FAHRENHEIT)
    for n in before:
        rows += _rows("before", f"After {n:,} steps", ends, path[n, 0] * ends + path[n, 1])
    rows += _rows("now", f"After {reached:,} steps", ends, weight * ends + bias)
    said = f"f = {_number(weight)} · c {'+' if bias >= 0 else '−'} {_number(abs(bias))}"
    if reached < step:
        st.markdown(
            f"**After {reached:,} steps the weights were beyond a million.** The line has left, "
            "and does not come back."
        )
    else:
        error = root_mean_square(weight * CELSIUS + bias - FAHRENHEIT)
        st.markdown(f"**{said}** · {_number(error)} °F off on the whole")
    charts.show(
        fit_spec("Celsius", "Fahrenheit", -80, 140, ink()),
        _table(rows),
        alt=f"Seven pairs of temperatures and the neuron's line after {reached} steps: {said}",
    )
    st.caption("Dots: the seven pairs. Thick: the neuron now. Thin: it some steps before.")


def _curve() -> None:
    units_of, start_of = st.columns(2, gap="medium")
    units = units_of.select_slider("ReLU units", _UNITS, 4, key="celsius-units")
    start = start_of.slider("Random start", 1, _STARTS, 3, key="celsius-start")
    drawn = _bent(units, start - 1)
    error = root_mean_square(drawn - METRES)
    who = "One neuron without ReLU" if not units else f"{units} units with ReLU"
    st.markdown(f"**{who.replace('1 units', '1 unit')}**: {_number(error)} m off on the whole")
    rows = _rows("measured", "The ball", SECONDS, METRES)
    rows += _rows("now", "The network", SECONDS, drawn)
    charts.show(
        fit_spec("Seconds", "Metres", -4, 14, ink()),
        _table(rows),
        alt=f"The height of a ball over time, and what {who} make of it: {_number(error)} m off",
    )
    st.caption(
        "Dots: a ball thrown up at 15 m/s. Line: the network after 800 steps of Adam. Each ReLU "
        "unit can bend the line once. A unit that is below zero everywhere learns nothing: try "
        "another random start."
    )


@st.cache_data(max_entries=len(_RATES), show_spinner=False)
def _path(rate: float) -> Floats:
    return descend(rate, _STEPS[-1])


@st.cache_data(max_entries=len(_UNITS) * _STARTS, show_spinner=False)
def _bent(units: int, seed: int) -> Floats:
    return bend(units, seed)


def _rows(kind: str, series: str, x: Floats, y: Floats) -> list[tuple[str, str, float, float]]:
    return [(kind, series, float(a), float(b)) for a, b in zip(x.flat, y.flat, strict=True)]


def _table(rows: list[tuple[str, str, float, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "series", "x", "y"])


def _number(value: float) -> str:
    return f"{value:,.2f}".replace("-", "−")


LESSON = Lesson(
    title="Celsius to Fahrenheit",
    summary="One neuron finds a formula; ReLU bends its line.",
    picture=(
        '<path class="line" d="M10 46 110 34"/><path class="strong" d="M10 54 110 8"/>'
        '<g class="ink"><circle cx="18" cy="50" r="3"/><circle cx="44" cy="38" r="3"/>'
        '<circle cx="62" cy="30" r="3"/><circle cx="80" cy="22" r="3"/>'
        '<circle cx="104" cy="11" r="3"/></g>'
    ),
    words=(
        "Regression predicts a number; classification picks among classes. One neuron computes "
        "f = w · c + b. It sees seven pairs of degrees, and gradient descent changes w and b "
        "until the line lies on them. Nobody told it 1.8 and 32. Most problems are no lines: "
        "ReLU bends them, see *A curve*."
    ),
    failure=(
        "After 20 steps the slope looks fine, and 0 °C is still called 1 °F: the bias learns "
        "hundreds of times more slowly than the weight, which large inputs drive."
    ),
    question="Can it be hurried? Set the learning rate to 0.002.",
    answers=(
        Answer(
            "It is there in half the steps",
            "The step is twice as long, but it is taken where the slope is steep. Choose 0.002, "
            "and go from 1 step to 10: on which side of the dots is the line each time?",
        ),
        Answer(
            "Each step overshoots further, and the line is lost",
            "Where the loss is steep a step may be longer than the valley is wide; it ends higher "
            "on the other side, where the slope is steeper still.",
            right=True,
        ),
        Answer(
            "Nothing changes: the rate only matters for images",
            "Every step is the learning rate times the gradient, whatever is learnt. Choose 0.002 "
            "and move the steps.",
        ),
    ),
    link=Link(
        "inside.py",
        "The same sum, 784 numbers long, in a network",
        {"model": "dense", "layer": "Dense 1", "image": "0"},
    ),
    live=_live,
)
