"""The training images that a model finds most like an image."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import DataUnavailableError
from fmnist.ui.cache import ReadyModel
from fmnist.ui.pixels import data_url, thumbnail
from fmnist.ui.splits import loaded_split
from fmnist.ui.why.resources import training_neighbours

_N = 5
_SIDE = 56  # two for each pixel


def neighbours(model: ReadyModel, image: NDArray[np.uint8], wanted: int, other: int | None) -> None:
    """Show the nearest of a class, and of the one that it might have been."""
    st.markdown(
        "**Looks like**",
        help="The distance is measured in the features before the last layer, which are what the "
        "model has made of an image: 0 is the same, 1 has nothing in common.",
    )
    try:
        found = training_neighbours(model)
        training = loaded_split(model.dataset, "train", fetch=False)
    except DataUnavailableError:
        st.caption(
            "The training images are not on this machine. "
            "`python -m fmnist data fashion-mnist --fetch` fetches them."
        )
        return
    names = model.dataset.class_names
    for label in (wanted, other):
        if label is None:
            continue
        nearest = found.nearest(image, label, _N)
        st.caption(f"The nearest training images of {names[label]}, each with its distance")
        images = training.images[np.array([each.image for each in nearest], int)]
        with st.container(horizontal=True, gap="xsmall"):
            for each, picture in zip(nearest, images, strict=True):
                st.image(
                    data_url(thumbnail(picture, _SIDE)),
                    caption=f"{each.distance:.3f}",
                    width=_SIDE,
                    alt=f"Training image {each.image}, {names[label]}",
                )
