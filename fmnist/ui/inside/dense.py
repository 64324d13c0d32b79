"""What follows the feature maps: flattening, dense layers, softmax."""

from functools import cache

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation.layers import Floats
from fmnist.explanation.network import Network
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel
from fmnist.ui.charts import ACCENT, WRONG, ink
from fmnist.ui.pixels import pixels
from fmnist.ui.why.heat import heat

_MOST = 12  # contributions that are shown
_STRIP = 48, 1000  # height and least width in pixels of what is flattened


def flatten(maps: Floats) -> None:
    """Show that a picture of numbers becomes a line of them."""
    rows, columns = maps.shape[:2]
    size = "×".join(map(str, maps.shape))
    st.markdown(
        f"**{size} → {maps.size:,}**: row 0 first, then row 1, to row {rows - 1}. "
        "Which numbers were neighbours is not told any more: "
        f"what was one row below is now {maps.size // rows:,} further on."
    )
    first = maps.reshape(rows, columns, -1).mean(axis=-1)
    gray = np.rint(255 * first / max(float(first.max()), 1e-9)).astype(np.uint8)
    picture, line = st.columns([3, 8], gap="large", vertical_alignment="center")
    with picture:
        pixels(gray, f"{size} numbers", key="before-flatten", values=first)
    with line:
        wide = np.repeat(gray.reshape(1, -1), -(-_STRIP[1] // gray.size), axis=1)
        strip = np.repeat(wide, _STRIP[0], axis=0)
        st.image(strip, width="stretch", caption=f"The same {gray.size} places in a row")


def dense(
    model: ReadyModel, network: Network, number: int, made: list[Floats], image: NDArray[np.uint8]
) -> None:
    """Show the units of a dense layer, and what one of them weighs."""
    layer = network.layers[number]
    assert layer.kernel is not None and layer.bias is not None
    source = layer.inputs[0]
    taken = (made[source] if source >= 0 else image.astype(np.float32)).reshape(-1)
    out = made[number].reshape(-1)
    kernel = layer.kernel.reshape(len(taken), -1)
    last = number == network.head
    names = _outputs(model, len(out)) if last else [f"Unit {n + 1}" for n in range(len(out))]
    order = np.argsort(-out, kind="stable")
    unit = st.selectbox(
        "Unit, the strongest first",
        order.tolist(),
        format_func=lambda n: f"{names[n]}: {out[n]:.2f}",
        key=f"unit-{number}-{len(out)}",
        width=260,
    )
    parts = taken * kernel[:, unit]
    relu = ", after ReLU" if layer.relu else ""
    st.markdown(
        f"{parts.sum():.3f} + bias {layer.bias[unit]:.3f} = "
        f"**{parts.sum() + layer.bias[unit]:.3f}**{relu and f'{relu} **{out[unit]:.3f}**'}".replace(
            "-", "−"
        )
    )
    if taken.size == image.size:
        weighs, counts = st.columns(2, gap="large")
        with weighs:
            weights = kernel[:, unit].reshape(image.shape)
            _signed(heat(np.zeros_like(image), weights), weights, "Its weights")
        with counts:
            counted = parts.reshape(image.shape)
            _signed(heat(image, counted), counted, "Weights × this image")
        return
    most = np.argsort(-np.abs(parts), kind="stable")[:_MOST]
    rows = pd.DataFrame(
        {
            "input": [f"{n + 1}: {taken[n]:.2f} × {kernel[n, unit]:.2f}" for n in most],
            "part": parts[most],
        }
    )
    rest = parts.sum() - parts[most].sum()
    charts.show(
        _parts_spec(len(rows), ink()),
        rows,
        alt=f"What {names[unit]} weighs: " + ", ".join(rows["input"]),
    )
    st.caption(f"The {len(most)} that count most; the other {len(parts) - len(most)}: {rest:+.2f}")


def _signed(picture: NDArray[np.uint8], values: Floats, caption: str) -> None:
    most = float(np.abs(values).max())
    pixels(picture, caption, caption, values, (f"−{most:.2f}", f"+{most:.2f}"))


def curve(name: str, before: Floats, after: Floats) -> None:
    """Show what an activation makes of each unit's number."""
    rows = pd.DataFrame({"unit": np.arange(1, len(before) + 1), "before": before, "after": after})
    said = f"{name} of {len(rows)} units: {before.min():.2f} to {before.max():.2f} "
    charts.show(_curve_spec(), rows, f"{said}becomes {after.min():.2f} to {after.max():.2f}")


@cache
def _curve_spec() -> charts.Specification:
    """A point for each unit: what came in across, what comes out upwards."""
    x = alt.X("before:Q", title="What came in").axis(tickCount=6, grid=False)
    y = alt.Y("after:Q", title="What comes out").axis(tickCount=5)
    tooltip = [
        alt.Tooltip("unit:Q", title="Unit"),
        alt.Tooltip("before:Q", title="In", format=".3f"),
        alt.Tooltip("after:Q", title="Out", format=".3f"),
    ]
    points = alt.Chart(alt.NamedData(charts.ROWS)).mark_point(color=ACCENT, filled=True, size=40)
    chart = points.encode(x=x, y=y, tooltip=tooltip)
    return chart.properties(height=320).to_dict(validate=False)


def softmax(model: ReadyModel, logits: Floats) -> None:
    """Show how scores become probabilities, with these very numbers and any temperature."""
    names = _outputs(model, len(logits))
    formula, bars = st.columns(2, gap="large")
    with formula:
        st.latex(r"p_i = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}}")
        temperature = st.slider(
            "Temperature T", 0.25, 4.0, 1.0, 0.25, key="temperature", bind="query-params"
        )
        powers = np.exp((logits - logits.max()) / temperature)
        shares = powers / powers.sum()
        st.caption(
            "Softmax does not make the greatest 1 and the others 0, as argmax would: each keeps "
            "its share. A low temperature comes near that; a high one evens them out."
        )
        order = np.argsort(-logits)
        table = pd.DataFrame(
            {
                "": [names[n] for n in order],
                "z": logits[order],
                "e^((z − greatest) / T)": powers[order],
                "p": shares[order],
            }
        )
        st.dataframe(
            table,
            hide_index=True,
            height="content",
            column_config={
                name: st.column_config.NumberColumn(name, format="%.4f")
                for name in table.columns[1:]
            },
        )
        if model.classifier.temperature != 1:
            st.caption(
                f"The answers of {model.name} are tempered with "
                f"T = {model.classifier.temperature:.2f}, chosen on held-out images."
            )
    with bars:
        rows = charts.probabilities_rows(shares, tuple(names), None, by_probability=False)
        charts.show(
            charts.probabilities_spec(len(names), ink()), rows, charts.probabilities_alt(rows)
        )


def _outputs(model: ReadyModel, n: int) -> list[str]:
    """Name what the last layer tells of: the classes, and of some models none of them."""
    return [*model.dataset.class_names, "None of the ten"][:n]


@cache
def _parts_spec(n: int, ink: str) -> charts.Specification:
    """A bar for each input of a unit, to the right if it speaks for it."""
    base = alt.Chart(alt.NamedData(charts.ROWS)).encode(
        y=alt.Y("input:N", sort=None, title=None).axis(
            labelLimit=200, labelFontSize=12, ticks=False, domain=False, labelPadding=8
        ),
        x=alt.X("part:Q", title="Input × weight").axis(tickCount=6, grid=False),
        tooltip=[
            alt.Tooltip("input:N", title="Input × weight"),
            alt.Tooltip("part:Q", format=".3f", title="Product"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.72}).encode(
        color=alt.condition(alt.datum.part < 0, alt.value(WRONG), alt.value(ACCENT))
    )
    return bars.properties(height=24 * n + 40).to_dict(validate=False)
