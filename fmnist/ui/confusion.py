"""The confusion matrix: how often each class is taken for each."""

from collections.abc import Sequence
from functools import cache

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from fmnist.ui.charts import ACCENT, PICKED, ROWS, WRONG, Specification


@cache
def confusion_spec(class_names: tuple[str, ...], ink: str) -> Specification:
    """True classes down, predicted across, counts inside; rows from ``confusion_rows``.

    A click on a cell picks its two classes.
    """
    label = alt.Axis(labelLimit=90, labelOverlap=False, ticks=False, domain=False)
    tilted = label.copy()
    tilted.orient, tilted.labelAngle = "top", -45
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=alt.X("predicted:N", title="Predicted", sort=list(class_names), axis=tilted),
        y=alt.Y("true:N", title="True", sort=list(class_names), axis=label),
    )
    colour = alt.when(alt.datum.true == alt.datum.predicted)
    cells = base.mark_rect(cornerRadius=3, stroke=None, cursor="pointer").encode(
        color=colour.then(alt.value(ACCENT)).otherwise(alt.value(WRONG)),
        # The root shows the few mistakes beside the many right answers.
        opacity=alt.Opacity("share:Q", legend=None).scale(
            type="sqrt", domain=[0, 1], range=[0, 0.9]
        ),
        # Of the cells alone: a count with one of its own would catch the click meant for its cell.
        tooltip=[
            alt.Tooltip("true:N", title="True"),
            alt.Tooltip("predicted:N", title="Predicted"),
            alt.Tooltip("images:Q", title="Images"),
            alt.Tooltip("share:Q", title="Of the true class", format=".1%"),
        ],
    )
    cells = cells.add_params(alt.selection_point(name=PICKED, fields=["true", "predicted"]))
    counts = base.mark_text(fontSize=11, color=ink).encode(text="images:Q")
    counts = counts.transform_filter(alt.datum.images > 0)
    return (cells + counts).properties(height=36 * len(class_names)).to_dict(validate=False)


def confusion_rows(matrix: ArrayLike, class_names: Sequence[str]) -> pd.DataFrame:
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
