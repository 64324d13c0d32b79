"""My images: what was kept with a label of one's own, and what the model predicts now."""

import streamlit as st

from fmnist.my_images import default_collection
from fmnist.ui.cache import input_predictions
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.my_images import collection_actions, item_gallery, item_view

st.title("My images", anchor=False)
model = chosen_model()
collection = default_collection(model.dataset)
items, problems = collection.read()
for problem in problems:
    st.caption(f":material/broken_image: {problem}")
if not items:
    st.subheader("Nothing kept yet", anchor=False)
    st.write(
        "Draw something or show a photo, and where the answer is wrong, say what it is. "
        "Its 28×28 pixels are then kept here, on this computer, to train with."
    )
    st.stop()
predictions = input_predictions(model, [item.inputs for item in items])
panel, images = st.columns([7, 6], gap="large")
with images:
    picked = item_gallery(items, model, predictions)
    collection_actions(collection, items)
with panel:
    item_view(collection, items[picked], model, predictions[picked])
