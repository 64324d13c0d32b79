"""All models in one chart: how often they are right, and how large they are."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from fmnist.evaluation.significance import wilson_interval
from fmnist.models import Card
from fmnist.models.published import Published
from fmnist.ui import charts
from fmnist.ui.charts import ACCENT, MUTED, ink
from fmnist.ui.glossary import write
from fmnist.ui.models.card import facts

# On a phone there is no room for the names of others; a touch still tells them.
_WIDE = "width > 520"
# Where a name of ours has its place below its point. On a phone only another of ours is in its way.
_BELOW = f"datum.below_ours || datum.below && {_WIDE}"

# How near, in parameters (natural logarithm) and in accuracy, a point is in the way of a name.
_NEAR = (0.5, 0.03)

# What of a card a pointer is told; a click opens the rest.
_HOVERED = ("A prediction", "Calibration error")


def model_chart(cards: Mapping[str, Card], others: Sequence[Published]) -> None:
    """Show models beside published figures; a click on a model opens its card."""
    gray = " Gray: what others have published." if others else ""
    write(
        "Accuracy on the test set, by size. Blue: the models here, with 95 % intervals; "
        f"click one for its card.{gray}",
        small=True,
    )
    rows = model_rows(cards, others)
    charts.show(
        model_spec(ink()),
        rows,
        alt="Test accuracy against parameters: "
        + ", ".join(f"{row.name} {row.accuracy:.1%}" for row in rows.itertuples(index=False)),
        key="model-chart",
        on_pick=lambda point: st.session_state.update(card=point["name"], view="Card"),
    )


@cache
def model_spec(ink: str) -> charts.Specification:
    """A point for each model, a line for what has no size; rows from ``model_rows``.

    ``ink`` is the colour of the names, which a theme's light or dark paper decides.
    """
    base = alt.Chart(alt.NamedData(charts.ROWS)).encode(
        y=alt.Y("accuracy:Q", title="Test accuracy")
        .scale(zero=False, padding=12)
        .axis(format=".1~%", tickCount=6),
        tooltip=[
            alt.Tooltip("name:N", title="Model"),
            alt.Tooltip("written:N", title="Test accuracy"),
            alt.Tooltip("size:N", title="Parameters"),
            alt.Tooltip("note:N", title="About it"),
        ],
    )
    sized = base.transform_filter("isValid(datum.parameters)").encode(
        x=alt.X("parameters:Q", title="Parameters")
        .scale(type="log", nice=False, padding=alt.ExprRef(f"{_WIDE} ? 80 : 30"))
        .axis(format="~s", grid=False, tickCount=4),
    )
    ours = sized.transform_filter(alt.datum.ours)
    theirs = sized.transform_filter(~alt.datum.ours)
    unsized = base.transform_filter("!isValid(datum.parameters)")
    # Names stand on paper of their own, where a line would pass through them.
    halo = {"stroke": charts.PAPER[ink], "strokeWidth": 5, "strokeJoin": "round"}
    wide = alt.when(_WIDE).then(alt.value(1)).otherwise(alt.value(0))
    return alt.layer(
        unsized.mark_rule(color=MUTED, strokeDash=[4, 4]),
        unsized.mark_text(align="right", dx=-4, dy=8, color=MUTED).encode(
            x=alt.value("width"), text="name:N"
        ),
        theirs.mark_circle(color=MUTED, size=60, opacity=1),
        *(
            theirs.transform_filter(alt.datum.below == below)
            .mark_text(align="right", dx=-8, dy=dy, **colours)
            .encode(text="name:N", opacity=wide)
            for below, dy in ((False, -5), (True, 6))
            for colours in ({"color": MUTED, **halo}, {"color": MUTED})
        ),
        ours.mark_rule(color=ACCENT, strokeWidth=2, opacity=0.5).encode(y="low:Q", y2="high:Q"),
        ours.mark_circle(color=ACCENT, size=130, opacity=1, cursor="pointer").add_params(
            alt.selection_point(name=charts.PICKED, fields=["name"])
        ),
        *(
            ours.transform_filter(where)
            .mark_text(dy=dy, fontSize=13, fontWeight=600, **colours)
            .encode(text="name:N")
            for where, dy in ((f"!({_BELOW})", -16), (_BELOW, 18))
            for colours in ({"color": ink, **halo}, {"color": ink})
        ),
    ).to_dict(validate=False) | {"height": 320}


def model_rows(cards: Mapping[str, Card], others: Sequence[Published]) -> pd.DataFrame:
    """Rows for ``model_spec``: models that were tested, by name, and published figures."""
    rows: list[tuple[object, ...]] = []
    for name, card in cards.items():
        accuracy, n = card.metrics.get("test_accuracy"), card.split.get("test")
        if accuracy is None or not n:
            continue
        low, high = wilson_interval(accuracy, n)
        told = facts(card)
        note = "; ".join(told[what] for what in _HOVERED if what in told)
        written = f"{accuracy:.4f} ({low:.4f}–{high:.4f})"
        rows.append((name, True, card.parameters, accuracy, low, high, written, note))
    for other in others:
        note = ". ".join(part.rstrip(".") for part in (other.source, other.note) if part)
        accuracy = other.accuracy
        rows.append(
            (other.name, False, other.parameters, accuracy, None, None, other.written, note)
        )
    columns = ["name", "ours", "parameters", "accuracy", "low", "high", "written", "note"]
    table = pd.DataFrame(rows, columns=columns)
    table["below"] = [_crowded(row, table) for row in table.itertuples(index=False)]
    own = table[table["ours"]]
    table["below_ours"] = [_crowded(row, own) for row in table.itertuples(index=False)]
    table["size"] = [f"{n:,.0f}" if pd.notna(n) else "–" for n in table["parameters"]]
    return table


def _crowded(row: Any, table: pd.DataFrame) -> bool:
    """Tell whether a name has its place below its point: one as large and better is above."""
    near = np.abs(np.log(table["parameters"] / row.parameters)) < _NEAR[0]
    ahead = table["accuracy"] - row.accuracy
    return bool((near & (ahead > 0) & (ahead < _NEAR[1])).any())
