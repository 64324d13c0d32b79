"""Photo: things as they are, step by step to 28×28 and to an answer."""

import streamlit as st

from fmnist.preprocessing import PIPELINES
from fmnist.ui.cache import ReadyModel
from fmnist.ui.correction import correction
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.panel import prediction_panel
from fmnist.ui.photo.desk import photo_desk
from fmnist.ui.photo.strip import model_views, photo_strip
from fmnist.ui.wording import wording


@st.fragment
def desk(model: ReadyModel) -> None:
    """The photo, its answer and its steps: an edit reruns this part of the page alone."""
    dataset = model.dataset
    words = wording(dataset)
    left, panel = st.columns([4, 7], gap="medium")
    with left:
        developed = photo_desk(model)
    with panel:
        if developed is None:
            st.header(f"Show it {words.wish}", anchor=False)
            st.write(
                f"One {words.thing} on {PIPELINES[dataset.pipeline].background} works best. "
                "Photos stay in memory for this visit."
            )
            return
        if not developed.segmentation.mask.any():
            st.header(f"There is no {words.thing}", anchor=False)
            st.write("Edit the mask: mark it, or undo a mark. Or take the photo from closer.")
            return
        inputs = developed.model_inputs
        prediction = model.ensemble.predict(inputs)
        prediction_panel(model, inputs, prediction, origin=("Your photo", "photo.py", None))
        correction(model, inputs, "photo")
    model_views(model, inputs, prediction)
    st.caption("From your photo to what the model sees")
    photo_strip(developed.strip)


desk(chosen_model())
