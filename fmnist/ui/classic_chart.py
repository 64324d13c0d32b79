"""Methods on several data sets, each as a line with a point for every data set."""

from collections.abc import Sequence
from functools import cache

import altair as alt
import pandas as pd

from fmnist.models.published import Classic
from fmnist.ui import charts
from fmnist.ui.charts import ACCENT, MUTED, ink


def classic_chart(methods: Sequence[Classic]) -> None:
    """Show the accuracy of methods, at least one, on every data set."""
    rows = classic_rows(methods)
    spoken = ", ".join(
        f"{row.method} {row.share} on {row.dataset}" for row in rows.itertuples(index=False)
    )
    charts.show(
        classic_spec(tuple(methods[0].accuracy), len(methods), ink()),
        rows,
        alt=f"Test accuracy: {spoken}",
    )


@cache
def classic_spec(datasets: tuple[str, ...], num_methods: int, ink: str) -> charts.Specification:
    """A line for each method, a point on it for each data set; rows from ``classic_rows``."""
    base = alt.Chart(alt.NamedData(charts.ROWS)).encode(
        y=alt.Y("method:N", sort=None, title=None).axis(
            labelLimit=240, labelFontSize=13, ticks=False, domain=False, labelPadding=8
        ),
        x=alt.X("accuracy:Q", title="Test accuracy")
        .scale(zero=False, padding=24)
        .axis(format=".0%", tickCount=6),
        tooltip=[
            alt.Tooltip("method:N", title="Method"),
            alt.Tooltip("dataset:N", title="Data set"),
            alt.Tooltip("share:N", title="Test accuracy"),
            alt.Tooltip("seconds:Q", title="Seconds, all data sets"),
        ],
    )
    colour = (
        alt.Color("dataset:N", title=None)
        .scale(domain=list(datasets), range=[ACCENT, MUTED])
        .legend(orient="top", direction="vertical")
    )
    chart = alt.layer(
        base.mark_line(color=MUTED, strokeWidth=2, opacity=0.5).encode(detail="method:N"),
        base.mark_circle(size=130, opacity=1).encode(color=colour),
        base.mark_text(dy=-14, fontSize=12, color=ink).encode(text="share:N"),
    )
    return chart.properties(height=48 * num_methods + 70).to_dict(validate=False)


def classic_rows(methods: Sequence[Classic]) -> pd.DataFrame:
    """Rows for ``classic_spec``: one for each method and data set."""
    return pd.DataFrame(
        [
            (each.method, dataset, accuracy, f"{100 * accuracy:.1f} %", each.seconds)
            for each in methods
            for dataset, accuracy in each.accuracy.items()
        ],
        columns=["method", "dataset", "accuracy", "share", "seconds"],
    )
