"""Meet an image classifier: the entry of the app. Run it with ``streamlit run app.py``."""

import streamlit as st

from fmnist.ui.cache import settle
from fmnist.ui.model_picker import model_picker

st.set_page_config(page_title="Meet a classifier", page_icon="fmnist/ui/icon.svg", layout="wide")

st.logo("fmnist/ui/logo.svg", size="large")
page = st.navigation(
    [
        st.Page("fmnist/pages/browse.py", title="Browse", icon=":material/grid_view:"),
        st.Page("fmnist/pages/draw.py", title="Draw", icon=":material/draw:"),
        st.Page("fmnist/pages/photo.py", title="Photo", icon=":material/photo_camera:"),
        st.Page("fmnist/pages/train.py", title="Train", icon=":material/model_training:"),
        st.Page("fmnist/pages/models.py", title="Models", icon=":material/leaderboard:"),
        st.Page("fmnist/pages/my_images.py", title="My images", icon=":material/bookmark:"),
    ]
)
with st.sidebar:
    model_picker()
page.run()
settle()
