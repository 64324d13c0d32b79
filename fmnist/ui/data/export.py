"""Kaggle's form of the data, to take along."""

import streamlit as st

from fmnist.datasets import Dataset
from fmnist.datasets.formats import kaggle
from fmnist.ui.splits import LoadedSplit


def kaggle_export(dataset: Dataset, test: LoadedSplit) -> None:
    """Let a person download the test images as CSV, and say how to get all of them so."""
    st.markdown(
        "As on Kaggle: a row an image, in the columns `label` and `pixel1` to `pixel784`. "
        "All images so, the training images too:"
    )
    st.code(f"python -m fmnist data {dataset.name} --csv .", language=None, wrap_lines=True)

    def table() -> bytes:
        return b"".join(kaggle.written(test.images, test.labels))

    # Given as a function, it is made only once somebody asks.
    st.download_button(
        f"Test images as CSV ({len(test.labels):,})",
        table,
        kaggle.name(dataset.name, "test"),
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
