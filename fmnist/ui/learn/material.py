"""What lessons work with: real images, and the two models of the course."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import DATASETS, DataUnavailableError
from fmnist.lessons.memorising import Examples
from fmnist.models import ModelError
from fmnist.ui.cache import ReadyModel, ready_model
from fmnist.ui.missing_data import missing_data
from fmnist.ui.splits import LoadedSplit, loaded_split

DATASET = DATASETS["fashion-mnist"]
# The models of the course: its dense network, and a convolutional one.
DENSE, CNN = "dense", "cnn"

_COUNTED = 1000


def test_split() -> LoadedSplit:
    """Return the test images; without them, say so and end the page."""
    try:
        return loaded_split(DATASET)
    except DataUnavailableError as error:
        missing_data(DATASET, error)
        st.stop()


def training_examples(start: int, stop: int) -> Examples:
    """Return the training images from one number to before another; ends the page as above."""
    try:
        with st.spinner("Reading the training images…"):
            split = loaded_split(DATASET, "train")
    except DataUnavailableError as error:
        missing_data(DATASET, error, "train")
        st.stop()
    numbers = np.arange(start, min(stop, len(split.labels)))
    return Examples(split.images[numbers], split.labels[numbers])


def model(name: str) -> ReadyModel:
    """Return a shipped model; where it is not here, say so and end the page."""
    try:
        return ready_model(name)
    except (ModelError, ValueError) as error:
        st.info(
            f"This lesson asks the model **{name}**, which cannot be used here: {error}",
            icon=":material/model_training:",
        )
        st.stop()


def test_image(key: str, start: int) -> int:
    """Let a person choose a test image, and return its number."""
    last = len(test_split().labels) - 1
    return int(st.number_input("Test image", 0, last, min(start, last), 1, key=key, width=170))


def first_images() -> NDArray[np.uint8]:
    """Return the first test images, of which something is counted: at most 1,000."""
    split = test_split()
    return split.images[np.arange(min(_COUNTED, len(split.labels)))]


def first_labels() -> NDArray[np.uint8]:
    """Return the labels of ``first_images``."""
    return test_split().labels[:_COUNTED]
