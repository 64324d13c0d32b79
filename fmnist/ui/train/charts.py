"""The curves of a run, and what they say."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from fmnist.training.overfitting import memorising_from
from fmnist.training.run import Run
from fmnist.training.status import Status
from fmnist.ui import charts
from fmnist.ui.charts import ACCENT, MUTED, ROWS, Specification
from fmnist.ui.wording import percent


def curves(run: Run, status: Status) -> None:
    """Show accuracy and loss by epoch."""
    curve, history = run.curve(), run.history()
    if not curve and not history:
        return
    training, epochs = pd.DataFrame(curve), pd.DataFrame(history)
    shown = ("Training", "Validation") if run.configuration.validation_share else ("Training",)
    columns = st.columns(2)
    for column, metric in zip(columns, ("accuracy", "loss"), strict=True):
        parts = [
            training.assign(data="Training", value=training[metric])
            if metric in training
            else None,
            epochs.assign(data="Validation", value=epochs[f"val_{metric}"])
            if f"val_{metric}" in epochs
            else None,
        ]
        rows = pd.concat([part[["epoch", "value", "data"]] for part in parts if part is not None])
        with column:
            latest = rows.groupby("data")["value"].last()
            said = ", ".join(f"{data} {value:.3f}" for data, value in latest.items())
            charts.show(
                curve_spec(metric, status.epochs, shown),
                rows,
                alt=f"{metric.capitalize()} by epoch; latest: {said}",
            )


def memorising(run: Run) -> None:
    """Say from when on the curves part, if they do; or that nobody can tell."""
    history = run.history()
    if history and not any("val_loss" in row for row in history):
        _nothing_held_out(history[-1], run.result())
    epoch = memorising_from(history)
    if epoch is None:
        return
    best, latest = history[epoch - 2], history[-1]
    st.info(
        f"**From epoch {epoch} on it is memorising.** Since epoch {epoch - 1} the loss of the "
        f"training images fell from {best['loss']:.2f} to {latest['loss']:.2f}; that of the "
        f"held-out images rose from {best['val_loss']:.2f} to {latest['val_loss']:.2f}.",
        icon=":material/call_split:",
    )


def _nothing_held_out(latest: Mapping[str, float], result: Mapping[str, Any] | None) -> None:
    said = "**Nothing was held out**, so no curve can tell whether it is memorising."
    if result:
        said += (
            f" It was right for {percent(latest['accuracy'])} of the training images, and is for "
            f"{percent(result['accuracy'])} of the test images. Whoever now changes a setting to "
            "raise that chooses by the test images."
        )
    st.info(said, icon=":material/visibility_off:")


@cache
def curve_spec(
    metric: str, epochs: int, shown: tuple[str, ...] = ("Training", "Validation")
) -> Specification:
    """Points joined by straight lines; rows of epoch, value, data.

    What is between two points was not measured.

    Args:
        metric: what is on the vertical axis.
        epochs: where the horizontal one ends.
        shown: whose curves, as ``data`` names them.
    """
    x = alt.X("epoch:Q", title="Epoch").scale(domain=[0, max(epochs, 1)], nice=False)
    y = alt.Y("value:Q", title=None).scale(zero=False)
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=x.axis(tickMinStep=1, format="d", grid=False),
        y=y.axis(tickCount=5, format=".0%" if metric == "accuracy" else ".2f"),
        color=alt.Color("data:N", title=None)
        .scale(domain=shown, range=[MUTED, ACCENT])
        .legend(orient="bottom"),
        tooltip=[
            alt.Tooltip("data:N", title="Images"),
            alt.Tooltip("epoch:Q", title="Epoch", format=".2f"),
            alt.Tooltip("value:Q", title=metric.capitalize(), format=".4f"),
        ],
    )
    lines = base.mark_line(strokeWidth=2, interpolate="linear")
    small = alt.when(alt.datum.data == "Training").then(alt.value(12)).otherwise(alt.value(45))
    points = base.mark_point(filled=True, opacity=1).encode(
        size=small,
        shape=alt.Shape("data:N", legend=None).scale(domain=shown, range=["circle", "diamond"]),
    )
    title = alt.TitleParams(metric.capitalize(), anchor="start", fontSize=14)
    return (lines + points).properties(height=300, title=title).to_dict(validate=False)
