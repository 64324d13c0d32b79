"""Charts: data in, Vega-Lite specification out, by Altair.

Altair takes some 10 ms to build and check a specification, so each is built once; a rerun only
sends its rows.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from fmnist.ui.palette import ACCENT, MUTED, WRONG

Specification = dict[str, Any]

# The rows come later, under this name; what is clicked comes back under the other.
ROWS, PICKED = "rows", "picked"


@cache
def probabilities_spec(num_classes: int, ink: str) -> Specification:
    """A bar for each class, its share written at its end; rows from ``probabilities_rows``.

    ``ink`` is the colour of the writing, which a theme's light or dark paper decides.
    """
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=alt.Y("class:N", sort=alt.EncodingSortField("rank", op="min"), title=None).axis(
            labelLimit=120, labelFontSize=13, ticks=False, domain=False, labelPadding=8
        ),
        x=alt.X("probability:Q", title=None, axis=None).scale(domain=[0, 1.3]),
        tooltip=[
            alt.Tooltip("class:N", title="Class"),
            alt.Tooltip("probability:Q", title="Probability", format=".2%"),
            alt.Tooltip("note:N", title=" "),
        ],
    )
    colour = (
        alt.when(alt.datum.role == "wrong")
        .then(alt.value(WRONG))
        .when(alt.datum.role == "predicted")
        .then(alt.value(ACCENT))
        .otherwise(alt.value(MUTED))
    )
    strength = alt.when(alt.datum.role == "other").then(alt.value(0.55)).otherwise(alt.value(1))
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.72}).encode(
        color=colour, opacity=strength
    )
    shares = base.mark_text(align="left", dx=6, fontSize=12, color=ink).encode(text="share:N")
    return (bars + shares).properties(height=26 * num_classes).to_dict(validate=False)


def probabilities_rows(
    probabilities: NDArray[np.floating],
    class_names: tuple[str, ...],
    true_label: int | None = None,
    by_probability: bool = True,
) -> pd.DataFrame:
    """Rows for ``probabilities_spec``.

    Args:
        probabilities: float ``(num_classes,)``, summing to 1.
        class_names: their names, in label order.
        true_label: index of the right class, if it is known.
        by_probability: most probable first; otherwise in label order.
    """
    predicted = int(probabilities.argmax())
    roles = ["other"] * len(class_names)
    roles[predicted] = "predicted" if true_label in (None, predicted) else "wrong"
    order = np.argsort(-probabilities, kind="stable").argsort(kind="stable")
    rows = pd.DataFrame(
        {
            "class": class_names,
            "probability": probabilities.astype(float),
            "rank": order if by_probability else range(len(class_names)),
            "role": roles,
            "share": [percent(p) for p in probabilities],
            "note": "",
        }
    )
    rows.loc[predicted, "note"] = "Predicted"
    if true_label is not None:
        rows.loc[true_label, "share"] += "  · true"
        rows.loc[true_label, "note"] = "True" if true_label != predicted else "Predicted and true"
    return rows


@cache
def curve_spec(metric: str, epochs: int) -> Specification:
    """A line for training and one for validation; rows of epoch, value, data."""
    x = alt.X("epoch:Q", title="Epoch").scale(domain=[0, max(epochs, 1)], nice=False)
    y = alt.Y("value:Q", title=None).scale(zero=False)
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=x.axis(tickMinStep=1, format="d", grid=False),
        y=y.axis(tickCount=5, format=".0%" if metric == "accuracy" else ".2f"),
        color=alt.Color("data:N", title=None)
        .scale(domain=["Training", "Validation"], range=[MUTED, ACCENT])
        .legend(orient="bottom"),
        tooltip=[
            alt.Tooltip("data:N", title="Images"),
            alt.Tooltip("epoch:Q", title="Epoch", format=".2f"),
            alt.Tooltip("value:Q", title=metric.capitalize(), format=".4f"),
        ],
    )
    lines = base.mark_line(strokeWidth=2, interpolate="monotone")
    # An epoch is one point of validation: a line of one point cannot be seen.
    points = base.transform_filter(alt.datum.data == "Validation").mark_point(filled=True, size=45)
    title = alt.TitleParams(metric.capitalize(), anchor="start", fontSize=14)
    return (lines + points).properties(height=300, title=title).to_dict(validate=False)


@cache
def confusion_spec(class_names: tuple[str, ...], ink: str) -> Specification:
    """True classes down, predicted across, counts inside; rows from ``confusion_rows``."""
    label = alt.Axis(labelLimit=90, labelOverlap=False, ticks=False, domain=False)
    tilted = label.copy()
    tilted.orient, tilted.labelAngle = "top", -45
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=alt.X("predicted:N", title="Predicted", sort=list(class_names), axis=tilted),
        y=alt.Y("true:N", title="True", sort=list(class_names), axis=label),
        tooltip=[
            alt.Tooltip("true:N", title="True"),
            alt.Tooltip("predicted:N", title="Predicted"),
            alt.Tooltip("images:Q", title="Images"),
            alt.Tooltip("share:Q", title="Of the true class", format=".1%"),
        ],
    )
    colour = alt.when(alt.datum.true == alt.datum.predicted)
    cells = base.mark_rect(cornerRadius=3, stroke=None).encode(
        color=colour.then(alt.value(ACCENT)).otherwise(alt.value(WRONG)),
        # The root shows the few mistakes beside the many right answers.
        opacity=alt.Opacity("share:Q", legend=None).scale(
            type="sqrt", domain=[0, 1], range=[0, 0.9]
        ),
    )
    counts = base.mark_text(fontSize=11, color=ink).encode(text="images:Q")
    counts = counts.transform_filter(alt.datum.images > 0)
    return (cells + counts).properties(height=36 * len(class_names)).to_dict(validate=False)


def confusion_rows(matrix: Sequence[Sequence[int]], class_names: Sequence[str]) -> pd.DataFrame:
    """Rows for ``confusion_spec``, one a cell of ``(num_classes, num_classes)``, rows true."""
    counts = np.asarray(matrix)
    true, predicted = np.indices(counts.shape)
    names = np.asarray(class_names)
    shares = counts / counts.sum(axis=1, keepdims=True).clip(1)
    return pd.DataFrame(
        {
            "true": names[true.ravel()],
            "predicted": names[predicted.ravel()],
            "images": counts.ravel(),
            "share": shares.ravel(),
        }
    )


def show(
    specification: Specification,
    rows: pd.DataFrame,
    alt: str,
    key: str = "",
    on_pick: Callable[[dict[str, Any]], None] | None = None,
) -> None:
    """Draw a specification with its rows.

    Args:
        specification: what to draw.
        rows: the table it draws from.
        alt: what a screen reader says.
        key: name of the widget, where it can be clicked.
        on_pick: called with the fields of what is clicked, by the selection called ``PICKED``.
    """

    def picked() -> None:
        selection = st.session_state[key]["selection"][PICKED]
        if selection and on_pick:
            on_pick(selection[0])

    st.vega_lite_chart(
        specification | {"datasets": {ROWS: rows}},
        key=key or None,
        on_select=picked if on_pick else "ignore",
        alt=alt,
    )


def percent(share: float) -> str:
    """Write a probability as people read it: ``97 %``, ``<1 %``, ``>99 %``."""
    if 0 < share < 0.01:
        return "<1 %"
    if 0.99 < share < 1:
        return ">99 %"
    return f"{share:.0%}".replace("%", " %")
