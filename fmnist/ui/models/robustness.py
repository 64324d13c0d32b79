"""How far images may change until a model fails: curves, and what the images then look like."""

from collections.abc import Mapping
from functools import cache

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from fmnist.evaluation.robustness import STRENGTHS, Robustness, changed, strength
from fmnist.explanation.perturbation import PERTURBATIONS
from fmnist.models import Card, default_store
from fmnist.models.folder import ROBUSTNESS, TWIN
from fmnist.ui import charts
from fmnist.ui.cache import Version, store_version
from fmnist.ui.charts import ACCENT, MUTED, ink
from fmnist.ui.glossary import write
from fmnist.ui.pixels import data_url
from fmnist.ui.splits import LoadedSplit

_HEIGHT, _GAP = 330, 2  # pixels
_NAMES = {perturbation.title: name for name, perturbation in PERTURBATIONS.items()}
# Accuracy between the names of two curves, so that one can read both.
_APART = 0.052


def robustness_view(name: str, cards: Mapping[str, Card], split: LoadedSplit) -> None:
    """Show every model's accuracy on changed images, this one's in colour.

    Args:
        name: whose curve stands out.
        cards: of all models, by name.
        split: the test images.
    """
    measured = {each: _measured(each, cards[each], store_version()) for each in cards}
    known = {each: found for each, found in measured.items() if found}
    if name not in known:
        st.info(
            "A model of photos has no test images to change."
            if cards[name].takes_photos
            else f"Not measured yet: `python -m fmnist robustness {name}` does it in some minutes."
        )
    if not known:
        return
    left, right = st.columns([6, 5], gap="large")
    with right:
        title = st.selectbox("What is changed", list(_NAMES), key="change", bind="query-params")
        change = _NAMES[title]
        step = st.slider("Strength", 0, STRENGTHS, 3, key="strength", bind="query-params")
        _examples(change, step, split)
    with left:
        rows = robustness_rows(known, change, name)
        n = next(iter(known.values())).n
        write(f"Accuracy on the first {n:,} test images, changed more and more", small=True)
        charts.show(robustness_spec(step, ink()), rows, alt=_alt(rows, step))


def _examples(change: str, step: int, split: LoadedSplit) -> None:
    """Show one image of each class, as it is seen at a strength."""
    firsts = [int(np.flatnonzero(split.labels == label)[0]) for label in np.unique(split.labels)]
    images = changed(split.images[np.array(firsts)], change, step)
    perturbation = PERTURBATIONS[change]
    ways = dict.fromkeys(perturbation.written(strength(perturbation, step, n)) for n in (0, 1))
    words = ", every other one ".join(ways) if step else "Unchanged"
    st.image(data_url(_sheet(images)), caption=words, alt=f"One test image of each class. {words}")


def _sheet(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Put images into two rows with a line between them, three screen pixels for each of theirs."""
    large = images.repeat(3, axis=1).repeat(3, axis=2)
    framed = np.pad(large, ((0, len(images) % 2), (0, _GAP), (0, _GAP)), constant_values=128)
    count, height, width = framed.shape
    rows = framed.reshape(2, count // 2, height, width).swapaxes(1, 2)
    return rows.reshape(2 * height, count // 2 * width)[:-_GAP, :-_GAP]


@cache
def robustness_spec(step: int, ink: str) -> charts.Specification:
    """A line for each model over the strength, its name at the end; rows from ``robustness_rows``.

    Args:
        step: the strength that is marked.
        ink: the colour of the writing.
    """
    base = alt.Chart(alt.NamedData(charts.ROWS)).encode(
        x=alt.X("strength:Q", title="Strength")
        .scale(domain=[0, STRENGTHS + 1.2], nice=False)
        .axis(values=list(range(STRENGTHS + 1)), grid=False, format="d"),
        y=alt.Y("accuracy:Q", title=None)
        .scale(domain=[0, 1])
        .axis(format=".0%", tickCount=6, domain=False),
        tooltip=[
            alt.Tooltip("model:N", title="Model"),
            alt.Tooltip("strength:Q", title="Strength"),
            alt.Tooltip("accuracy:Q", title="Right", format=".1%"),
        ],
        detail="model:N",
    )
    chosen = alt.datum.chosen
    colour = alt.when(chosen).then(alt.value(ACCENT)).otherwise(alt.value(MUTED))
    width = alt.when(chosen).then(alt.value(3)).otherwise(alt.value(1.5))
    written = alt.when(chosen).then(alt.value(ink)).otherwise(alt.value(MUTED))
    marked = alt.Chart(alt.NamedData(charts.ROWS)).transform_filter(alt.datum.strength == step)
    chart = alt.layer(
        marked.mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="mean(strength):Q"),
        base.mark_line().encode(color=colour, strokeWidth=width),
        base.mark_circle(size=60, opacity=1).encode(color=colour),
        base.transform_filter(alt.datum.strength == STRENGTHS)
        .mark_text(align="left", dx=8, fontSize=12)
        .encode(y="name_at:Q", text="model:N", color=written),
    )
    return chart.properties(height=_HEIGHT).to_dict(validate=False)


def robustness_rows(measured: Mapping[str, Robustness], change: str, chosen: str) -> pd.DataFrame:
    """Rows for ``robustness_spec``: one for each model and strength."""
    last = {name: found.accuracies[change][-1] for name, found in measured.items()}
    places: dict[str, float] = {}
    below = -_APART
    for name in sorted(last, key=last.__getitem__):
        below = places[name] = max(last[name], below + _APART)
    return pd.DataFrame(
        [
            (name, step, share, places[name], name == chosen)
            # The one in colour is drawn last, above the others.
            for name, found in sorted(measured.items(), key=lambda item: item[0] == chosen)
            for step, share in enumerate(found.accuracies[change])
        ],
        columns=["model", "strength", "accuracy", "name_at", "chosen"],
    )


def _alt(rows: pd.DataFrame, step: int) -> str:
    at = rows[rows["strength"] == step].sort_values("accuracy", ascending=False)
    said = ", ".join(f"{row.model} {row.accuracy:.0%}" for row in at.itertuples(index=False))
    return f"Accuracy at strength {step}: {said}"


@st.cache_resource(max_entries=32, show_spinner=False)
def _measured(name: str, _card: Card, version: Version) -> Robustness | None:
    return Robustness.read(default_store().folder(name) / ROBUSTNESS, _card.sha256[TWIN])
