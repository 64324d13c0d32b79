"""Photo: things as they are, on the way to 28×28 and to an answer."""

import streamlit as st

from fmnist.preprocessing import WAYS
from fmnist.ui.cache import ReadyModel
from fmnist.ui.correction import correction
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.panel import prediction_panel
from fmnist.ui.photo.desk import photo_desk
from fmnist.ui.photo.strip import photo_strip
from fmnist.ui.photo.two_looks import two_looks


@st.fragment
def desk(model: ReadyModel) -> None:
    """The photo, its answer and its way: mending reruns this part of the page alone."""
    dataset = model.dataset
    left, panel = st.columns([4, 7], gap="medium")
    with left:
        developed = photo_desk(dataset)
    with panel:
        if developed is None:
            st.subheader(f"Show it {dataset.wish}", anchor=False)
            st.write(
                f"One {dataset.thing} on {WAYS[dataset.way].ground} works best. "
                "Photos stay in memory for this visit."
            )
            return
        if not developed.found.mask.any():
            st.subheader(f"There is no {dataset.thing}", anchor=False)
            st.write("Mend what was found: mark it, or undo a mark. Or take the photo from closer.")
            return
        prediction_panel(model, developed.seen)
        correction(dataset, developed.seen.image, "photo")
    st.caption("From your photo to what the model sees")
    photo_strip(developed.steps)
    two_looks(model, developed.seen)


st.title("Photo", anchor=False)
desk(chosen_model())
