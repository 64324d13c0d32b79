"""Photo: clothes as they are, on the way to 28×28 and to an answer."""

import streamlit as st

from fmnist.ui.correction import correction
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.panel import prediction_panel
from fmnist.ui.photo_desk import photo_desk
from fmnist.ui.photo_strip import photo_strip
from fmnist.ui.resources import ReadyModel
from fmnist.ui.two_looks import two_looks


@st.fragment
def desk(model: ReadyModel) -> None:
    """The photo, its answer and its way: mending reruns this part of the page alone."""
    left, panel = st.columns([4, 7], gap="medium")
    with left:
        developed = photo_desk()
    with panel:
        if developed is None:
            st.subheader("Show it something to wear", anchor=False)
            st.write(
                "One garment on a plain ground works best. Photos stay in memory for this visit."
            )
            return
        if not developed.garment.mask.any():
            st.subheader("Nothing is left", anchor=False)
            st.write(
                "All of the photo is marked as not garment. Undo the last mark, or start over."
            )
            return
        prediction_panel(model, developed.seen)
        correction(model.dataset, developed.seen.image, "photo")
    st.caption("From your photo to what the model sees")
    photo_strip(developed.steps)
    two_looks(model, developed.seen)


st.title("Photo", anchor=False)
desk(chosen_model())
