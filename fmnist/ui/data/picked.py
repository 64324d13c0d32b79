"""The image that was clicked on the map: what it shows, and the way to it in Images."""

from collections.abc import Mapping

import streamlit as st

from fmnist.datasets import SplitName
from fmnist.settings import PAGES
from fmnist.ui.cache import ReadyModel
from fmnist.ui.mapped_images import MappedImages
from fmnist.ui.panel import answer
from fmnist.ui.pixels import data_url, thumbnail
from fmnist.ui.splits import predictions

_PICKED = "picked-on-map"
_SIDE = 112  # four for each pixel


def pick_image(number: int | None) -> None:
    """Keep which image was clicked; None for none."""
    st.session_state[_PICKED] = number


def picked_image(images: MappedImages) -> int | None:
    """Return the number of the image that was clicked, among those on the map."""
    number = st.session_state.get(_PICKED)
    return number if number is not None and 0 <= number < len(images.labels) else None


def image_card(number: int, images: MappedImages, model: ReadyModel) -> None:
    """Show an image, what the model says of it, and a link that opens it in Images."""
    source, place = images.split_of(number)
    label, names = int(images.labels[number]), model.dataset.class_names
    said = predictions(model, source).one(place)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        picture = thumbnail(images.image(number), _SIDE)
        st.image(data_url(picture), width=_SIDE, alt=f"{images.title(number)}: {names[label]}")
        with st.container(width="stretch", gap="xsmall"):
            st.markdown(f"**{images.title(number)}**")
            st.markdown(answer(said.probabilities, names, "confident", label))
            link_to_images("Open in Images", model, source, {"image": str(place)})


def link_to_images(
    label: str, model: ReadyModel, half: SplitName, choice: Mapping[str, str]
) -> None:
    """Lead to Images, with a choice made among those of one half."""
    st.page_link(
        PAGES / "images.py",
        label=label,
        icon=":material/grid_view:",
        query_params={
            "model": model.name,
            "source": "Training" if half == "train" else "Test",
            **choice,
        },
    )
