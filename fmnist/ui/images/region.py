"""A line around points of the map, which the images are kept to that lie inside it."""

import streamlit as st

from fmnist.datasets import DataUnavailableError, SplitName
from fmnist.exploration.embedding import Points
from fmnist.exploration.regions import Region
from fmnist.ui.address import keep_in_address
from fmnist.ui.cache import ReadyModel
from fmnist.ui.mapped_images import INSIDE, linked_region, mapped_images

_LEFT = "left-region"


def chosen_region() -> Region | None:
    """Keep to what lies inside a line that was drawn on the map, until it is let go."""
    region = linked_region()
    if region is None:
        st.session_state.pop(_LEFT, None)
        return None
    if st.session_state.get(_LEFT) == region:
        keep_in_address({INSIDE: ""})
        return None
    st.button(
        "Inside your line",
        icon=":material/close:",
        help="Only images inside the line that was drawn on the map. Press to see all again.",
        on_click=lambda: st.session_state.update({_LEFT: region}),
    )
    return region


def points_of(model: ReadyModel, name: SplitName, region: Region) -> Points | None:
    """Return where the images lie on a region's map; None without a map of them."""
    try:
        images = mapped_images(model)
    except DataUnavailableError:
        images = None
    if images is None:
        st.caption(":material/scatter_plot: There is no map of these images here: all are shown.")
        return None
    points = images.points(region.map)
    return points[: images.n_train] if name == "train" else points[images.n_train :]
