"""Meet an image classifier: the entry of the app. Run it with ``streamlit run app.py``.

Streamlit imports this file once, for the server, and runs it as a script for whatever people do.
"""

import streamlit as st

from fmnist.server import MIDDLEWARE, ROUTES, lifespan
from fmnist.settings import PAGES, UI, is_public
from fmnist.ui.cache import freeze_garbage_collector
from fmnist.ui.header import header
from fmnist.ui.links import follow_link


def run() -> None:
    """Show the page at the address of whoever is here."""
    st.set_page_config(page_icon=UI / "icon.svg", layout="wide")
    st.html(UI / "app.css")
    st.logo(UI / "logo.svg", size="large")
    page = st.navigation(
        {
            "Meet": [
                st.Page(PAGES / "images.py", title="Images", icon=":material/grid_view:"),
                st.Page(PAGES / "draw.py", title="Draw", icon=":material/draw:"),
                st.Page(PAGES / "photo.py", title="Photo", icon=":material/photo_camera:"),
            ],
            "Understand": [
                st.Page(PAGES / "learn.py", title="Learn", icon=":material/school:"),
                st.Page(PAGES / "data.py", title="Data", icon=":material/table_view:"),
                st.Page(PAGES / "inside.py", title="Inside", icon=":material/layers:"),
            ],
            "Build": [
                st.Page(PAGES / "train.py", title="Train", icon=":material/model_training:"),
                st.Page(PAGES / "models.py", title="Models", icon=":material/leaderboard:"),
            ],
            # A link of before.
            "": [
                st.Page(
                    PAGES / "images.py", title="Images", url_path="my_images", visibility="hidden"
                )
            ],
        }
    )
    if page.url_path == "my_images" and not is_public():
        st.session_state.setdefault("source", "Mine")
    follow_link(page.url_path)
    st.set_page_config(page_title=f"{page.title} · Meet a classifier")
    header(page.title)
    page.run()
    freeze_garbage_collector()


if __name__ == "__main__":
    run()
else:
    app = st.App(__file__, lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
