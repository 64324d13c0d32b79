"""The curves of a run."""

from functools import cache

import altair as alt

from fmnist.ui.charts import ACCENT, MUTED, ROWS, Specification


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
    lines = base.mark_line(strokeWidth=2)
    # An epoch is one point of validation: a line of one point cannot be seen.
    points = base.transform_filter(alt.datum.data == "Validation").mark_point(filled=True, size=45)
    title = alt.TitleParams(metric.capitalize(), anchor="start", fontSize=14)
    return (lines + points).properties(height=300, title=title).to_dict(validate=False)
