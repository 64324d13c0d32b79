"""Charts of classes."""

from collections.abc import Mapping, Sequence
from functools import cache

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fmnist.evaluation.significance import Comparison
from fmnist.ui import charts
from fmnist.ui.charts import ACCENT, MUTED

# A title or a legend takes its room from the height.
_ROW, _HEAD = 26, 48

_CLASS = alt.Y("class:N", sort=None, title=None).axis(
    labelLimit=120, labelFontSize=13, labelOverlap=False, ticks=False, domain=False, labelPadding=8
)


@cache
def class_spec(num_classes: int, ink: str) -> charts.Specification:
    """A bar for each class, the accuracy written at its end; rows from ``class_rows``."""
    base = alt.Chart(alt.NamedData(charts.ROWS)).encode(
        y=_CLASS,
        x=alt.X("accuracy:Q", axis=None).scale(domain=[0, 1.2]),
        tooltip=[
            alt.Tooltip("class:N", title="Class"),
            alt.Tooltip("accuracy:Q", title="Test accuracy", format=".1%"),
        ],
    )
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.72}, color=ACCENT)
    shares = base.mark_text(align="left", dx=6, fontSize=12, color=ink).encode(text="share:N")
    title = alt.TitleParams("Test accuracy by class", anchor="start", fontSize=14)
    chart = (bars + shares).properties(height=_ROW * num_classes + _HEAD, title=title)
    return chart.to_dict(validate=False)


def class_rows(accuracies: Mapping[str, float]) -> pd.DataFrame:
    """Rows for ``class_spec``, in the order given: accuracies of 0–1 by class."""
    return pd.DataFrame(
        [(name, share, f"{100 * share:.1f} %") for name, share in accuracies.items()],
        columns=["class", "accuracy", "share"],
    )


@cache
def difference_spec(first: str, second: str, num_classes: int, ink: str) -> charts.Specification:
    """For each class, what one model alone gets right to the left, and the other to the right.

    Rows from ``difference_rows``; a click on a bar picks its class and its model.
    """
    base = alt.Chart(alt.NamedData(charts.ROWS)).encode(
        y=_CLASS,
        x=alt.X("place:Q", axis=None).scale(padding=28),
        tooltip=[
            alt.Tooltip("class:N", title="Class"),
            alt.Tooltip("only:N", title="Right alone"),
            alt.Tooltip("images:Q", title="Images"),
        ],
    )
    colour = (
        alt.Color("only:N", title="Right alone")
        .scale(domain=[first, second], range=[MUTED, ACCENT])
        .legend(orient="top", titleOrient="left")
    )
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.72}, cursor="pointer")
    bars = bars.encode(color=colour).add_params(
        alt.selection_point(name=charts.PICKED, fields=["class", "side"])
    )
    left = base.transform_filter(alt.datum.side == "first").mark_text(align="right", dx=-6)
    right = base.transform_filter(alt.datum.side == "second").mark_text(align="left", dx=6)
    counts = [
        text.encode(text="images:Q", color=alt.value(ink), opacity=alt.value(1))
        for text in (left, right)
    ]
    chart = alt.layer(bars, *counts).properties(height=_ROW * num_classes + _HEAD)
    return chart.to_dict(validate=False)


def difference_rows(
    compared: Comparison,
    labels: NDArray[np.integer],
    class_names: Sequence[str],
    names: tuple[str, str],
) -> pd.DataFrame:
    """Rows for ``difference_spec``: two for each class.

    Args:
        compared: who is right, image by image.
        labels: the true classes, integers ``(n,)``.
        class_names: their names, in label order.
        names: those of the two models.
    """
    tables = []
    sides = (("first", compared.only_first, -1), ("second", compared.only_second, 1))
    for (side, alone, sign), only in zip(sides, names, strict=True):
        images = np.bincount(labels[alone], minlength=len(class_names))
        tables.append(
            pd.DataFrame(
                {
                    "class": class_names,
                    "side": side,
                    "only": only,
                    "images": images,
                    "place": sign * images,
                }
            )
        )
    return pd.concat(tables, ignore_index=True)
