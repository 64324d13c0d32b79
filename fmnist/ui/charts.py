"""Charts and their colours: data in, Vega-Lite specification out, by Altair.

Altair takes some 10 ms to build and check a specification, so each is built once; a rerun only
sends its rows.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from fmnist.ui.wording import percent

# The interface's own colours are in ``.streamlit/config.toml``; these must read on light and dark
# paper alike.
ACCENT = "#5b82c4"
WRONG = "#cc6153"
MUTED = "#9aa0a8"
# Of writing, on light and on dark paper.
INK, INK_ON_DARK = "#24272d", "#e8e5df"
PAPER = {INK: "#fcfbf9", INK_ON_DARK: "#15171b"}  # that of the theme, by what is written on it

Specification = dict[str, Any]

# The rows come later, under this name; what is clicked comes back under the other.
ROWS, PICKED = "rows", "picked"


def ink() -> str:
    """Return the colour of writing inside a chart: Vega-Lite's own text does not know the theme."""
    return INK_ON_DARK if st.context.theme.type == "dark" else INK


@cache
def probabilities_spec(num_classes: int, ink: str, step: int = 26) -> Specification:
    """A bar for each class, its share written at its end; rows from ``probabilities_rows``.

    ``ink`` is the colour of the writing, which a theme's light or dark paper decides; ``step`` is
    from bar to bar, in pixels.
    """
    label, share = min(13, step - 5), min(12, step - 6)
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=alt.Y("class:N", sort=alt.EncodingSortField("rank", op="min"), title=None).axis(
            labelLimit=120,
            labelFontSize=label,
            ticks=False,
            labelOverlap=False,
            labelFlush=False,
            domain=False,
            labelPadding=8,
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
    shares = base.mark_text(align="left", dx=6, fontSize=share, color=ink).encode(text="share:N")
    return (bars + shares).properties(height=step * num_classes).to_dict(validate=False)


def probabilities_rows(
    probabilities: NDArray[np.floating],
    class_names: tuple[str, ...],
    true_label: int | None = None,
    *,
    by_probability: bool = True,
    named: bool = True,
) -> pd.DataFrame:
    """Rows for ``probabilities_spec``.

    Args:
        probabilities: float ``(num_classes,)``, summing to 1.
        class_names: their names, in label order.
        true_label: index of the right class, if it is known.
        by_probability: most probable first; otherwise in label order.
        named: whether the most probable one is the answer; otherwise no bar stands out.
    """
    predicted = int(probabilities.argmax())
    roles = ["other"] * len(class_names)
    if named:
        roles[predicted] = "predicted" if true_label in (None, predicted) else "wrong"
    share = [percent(p) for p in probabilities]
    note = [""] * len(class_names)
    note[predicted] = "Predicted" if named else "Closest"
    if true_label is not None:
        share[true_label] += "  · true"
        note[true_label] = "True" if true_label != predicted else "Predicted and true"
    order = np.argsort(-probabilities, kind="stable").argsort(kind="stable")
    return pd.DataFrame(
        {
            "class": class_names,
            "probability": probabilities.astype(float),
            "rank": order if by_probability else range(len(class_names)),
            "role": roles,
            "share": share,
            "note": note,
        }
    )


def probabilities_alt(rows: pd.DataFrame) -> str:
    """Say in words what rows from ``probabilities_rows`` show."""
    likeliest = rows.loc[rows["probability"].idxmax()]
    highest = f"{likeliest['class']}, {percent(likeliest['probability'])}"
    return f"Probabilities of the {len(rows)} classes; highest: {highest}"


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
