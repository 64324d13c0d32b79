"""Inside: a network, layer by layer, with the image at hand."""

import streamlit as st

from fmnist.ui.inside.image import chosen_image
from fmnist.ui.inside.view import layers
from fmnist.ui.model_picker import chosen_model

with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    st.title("Inside", anchor=False, width="content")
    model = chosen_model()
    image = chosen_image(model)
layers(model, image)
