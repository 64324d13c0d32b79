"""Meet an image classifier: the entry of the app. Run it with ``streamlit run app.py``."""

import streamlit as st

from fmnist.settings import PAGES, UI
from fmnist.ui.cache import freeze_garbage_collector
from fmnist.ui.model_picker import model_picker

st.set_page_config(page_title="Meet a classifier", page_icon=UI / "icon.svg", layout="wide")

st.logo(UI / "logo.svg", size="large")
page = st.navigation(
    [
        st.Page(PAGES / "browse.py", title="Browse", icon=":material/grid_view:"),
        st.Page(PAGES / "draw.py", title="Draw", icon=":material/draw:"),
        st.Page(PAGES / "photo.py", title="Photo", icon=":material/photo_camera:"),
        st.Page(PAGES / "train.py", title="Train", icon=":material/model_training:"),
        st.Page(PAGES / "models.py", title="Models", icon=":material/leaderboard:"),
        st.Page(PAGES / "my_images.py", title="My images", icon=":material/bookmark:"),
    ]
)
with st.sidebar:
    model_picker()
page.run()
freeze_garbage_collector()
