"""The overview: what is in a data set, read from top to bottom."""

import streamlit as st

from fmnist.datasets import DataUnavailableError, SplitName
from fmnist.ui.cache import ReadyModel
from fmnist.ui.data.classes import class_table
from fmnist.ui.data.export import kaggle_export
from fmnist.ui.data.numbers import first_images, image_as_numbers
from fmnist.ui.data.other_dataset import beside_the_other, methods_on_both
from fmnist.ui.data.splits import course_answers, split_uses
from fmnist.ui.data.statistics import histogram, mean_images
from fmnist.ui.missing_data import missing_data
from fmnist.ui.splits import LoadedSplit, loaded_split


def overview(model: ReadyModel) -> None:
    """Show the data set that the chosen model has learnt from."""
    halves = both_halves(model)
    if halves is None:
        return
    dataset, (train, test) = model.dataset, halves
    table, facts = st.columns([7, 4], gap="large")
    with table:
        class_table(dataset, train)
    with facts:
        course_answers(train, test)
        split_uses(train, test)

    st.header("An image is numbers", anchor=False)
    image_as_numbers(dataset, train)

    first, means = st.columns(2, gap="large")
    with first:
        st.header("The first 25 training images", anchor=False)
        first_images(dataset, train)
    with means:
        st.header("The mean of each class", anchor=False)
        mean_images(dataset, train)
        histogram(dataset, train)

    st.header("Clothes in the place of digits", anchor=False)
    beside_the_other()
    methods_on_both()

    st.header("Take it along", anchor=False)
    kaggle_export(dataset, test)


def both_halves(model: ReadyModel) -> tuple[LoadedSplit, LoadedSplit] | None:
    """Load the training and the test images; None if one is missing, which is then told."""
    name: SplitName = "train"
    try:
        train = loaded_split(model.dataset, name)
        name = "test"
        return train, loaded_split(model.dataset, name)
    except DataUnavailableError as error:
        missing_data(model.dataset, error, name)
        return None
