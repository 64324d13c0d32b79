"""Browse: the test images, what the model says of each, and where it is wrong."""

import streamlit as st

from fmnist.datasets import DataUnavailableError
from fmnist.preprocessing import ModelInputs
from fmnist.ui.browse import image_gallery, image_number, selected_indices, selection_filter
from fmnist.ui.cache import test_predictions, test_split
from fmnist.ui.missing_data import missing_data
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.panel import prediction_panel

st.title("Browse the test images", anchor=False)
model = chosen_model()
try:
    split = test_split(model.dataset)
except DataUnavailableError as error:
    missing_data(model.dataset, error)
    st.stop()

panel, images = st.columns([7, 6], gap="large")
with images:
    selection = selection_filter(model.dataset.class_names)
    indices = selected_indices(selection, model, split)
with panel:
    number = image_number(indices, len(split))
    prediction = test_predictions(model).one(number)
    prediction_panel(
        model, ModelInputs(split.images[number]), prediction, int(split.labels[number])
    )
    st.caption(f"{model.dataset.title}, {split.source}")
with images:
    image_gallery(indices, model, split, number)
