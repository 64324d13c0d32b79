"""What the training images are on average, and which numbers their pixels are."""

from functools import cache

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import Dataset
from fmnist.exploration.pixel_statistics import PixelStatistics
from fmnist.ui import charts
from fmnist.ui.charts import ACCENT
from fmnist.ui.data.numbers import figures
from fmnist.ui.splits import LoadedSplit
from fmnist.ui.wording import percent

_ALL = "All classes"
_BIN = 8  # values that share a bar


def mean_images(dataset: Dataset, train: LoadedSplit) -> None:
    """Show the mean image of each class."""
    means = _statistics(train.digest, len(dataset.class_names), train).means
    st.html(figures(np.rint(means).astype(np.uint8), list(dataset.class_names)))


@st.fragment
def histogram(dataset: Dataset, train: LoadedSplit) -> None:
    """Let a person choose a class, and show which values the pixels of its images have."""
    statistics = _statistics(train.digest, len(dataset.class_names), train)
    name = st.selectbox(
        "Values of the pixels", [_ALL, *dataset.class_names], key="histogram", bind="query-params"
    )
    names = dataset.class_names
    counts = statistics.counts.sum(axis=0)
    if name in names:  # and not all, or one of another data set
        counts = statistics.counts[names.index(name)]
    rows, zeros = histogram_rows(counts), float(counts[0] / counts.sum())
    charts.show(
        _histogram_spec(),
        rows,
        alt=f"How often the pixels of {name} have each value from 1 to 255; {percent(zeros)} are 0",
    )
    mean, deviation = statistics.mean_and_deviation()
    st.caption(
        f"{percent(zeros)} of the pixels are 0, the background; the bars are the others. "
        f"Scaled to 0–1, all pixels together have mean {mean:.3f}, standard deviation "
        f"{deviation:.3f}."
    )


def histogram_rows(counts: NDArray[np.int64]) -> pd.DataFrame:
    """Rows for the chart: the share of all pixels in bars of eight values, the background apart.

    Args:
        counts: int64 ``(256,)``, how often each value occurs.
    """
    apart = counts.copy()
    apart[0] = 0
    first = np.arange(0, len(counts), _BIN)
    shares = np.add.reduceat(apart, first) / counts.sum()
    values = [f"{max(1, low)}–{low + _BIN - 1}" for low in first]
    return pd.DataFrame({"low": first, "high": first + _BIN, "share": shares, "values": values})


@cache
def _histogram_spec() -> charts.Specification:
    bars = (
        alt.Chart(alt.NamedData(charts.ROWS))
        .mark_bar(color=ACCENT, binSpacing=1)
        .encode(
            x=alt.X("low:Q", title="Value")
            .bin("binned")
            .axis(values=[0, 64, 128, 192, 256], grid=False),
            x2="high:Q",
            y=alt.Y("share:Q", title="Share of the pixels").axis(format=".0%", tickCount=4),
            tooltip=[
                alt.Tooltip("values:N", title="Value"),
                alt.Tooltip("share:Q", title="Share", format=".2%"),
            ],
        )
    )
    return bars.properties(height=180).to_dict(validate=False)


@st.cache_resource(max_entries=2, show_spinner="Going through all training images, once…")
def _statistics(digest: str, num_classes: int, _split: LoadedSplit) -> PixelStatistics:
    return PixelStatistics.of(_split.images, _split.labels, num_classes)
