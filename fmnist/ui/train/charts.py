"""Charts of a run: its curves, and what the model that came of it confuses."""

from collections.abc import Sequence
from functools import cache

import altair as alt
import numpy as np
import pandas as pd

from fmnist.ui.charts import ACCENT, MUTED, ROWS, WRONG, Specification


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
