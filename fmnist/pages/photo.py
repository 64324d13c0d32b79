"""Photo: clothes as they are, on the way to 28×28 and to an answer."""

import streamlit as st

from fmnist.ui.correction import correction
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.panel import prediction_panel
from fmnist.ui.photo_strip import photo_strip, strip_of
from fmnist.ui.photo_tray import photo_tray

st.title("Photo", anchor=False)
model = chosen_model()
tray, panel = st.columns([4, 7], gap="medium")
with tray:
    photo = photo_tray()
with panel:
    if photo is None:
        st.subheader("Show it something to wear", anchor=False)
        st.write("One garment on a plain ground works best. Photos stay in memory for this visit.")
        st.stop()
    strip = strip_of(photo)
    prediction_panel(model, strip[-1][1])
    correction(model.dataset, strip[-1][1], "photo")
st.caption("From your photo to what the model sees")
photo_strip(strip)
