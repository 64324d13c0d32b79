"""The training images that a model finds most like an image."""

import numpy as np
import streamlit as st

from fmnist.datasets import DataUnavailableError
from fmnist.explanation.neighbours import Neighbour
from fmnist.preprocessing import ModelInputs
from fmnist.ui.cache import ReadyModel
from fmnist.ui.pixels import data_url, thumbnail
from fmnist.ui.splits import LoadedSplit, loaded_split
from fmnist.ui.why.resources import photo_neighbours, training_neighbours

_N = 5
_SIDE = 56  # two for each pixel


def neighbours(model: ReadyModel, inputs: ModelInputs, wanted: int, other: int | None) -> None:
    """Show the nearest of a class, and of the one that it might have been; of a photo two ways."""
    st.markdown(
        "**Looks like**",
        help="The distance is measured in the features before the last layer, which are what the "
        "model has made of an image: 0 is the same, 1 has nothing in common.",
    )
    try:
        found = training_neighbours(model)
        by_photo = photo_neighbours(model) if inputs.photo is not None else None
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
        of_class = f"The nearest training images of {names[label]}"
        ways = [(found, inputs.image, f"{of_class}, each with its distance")]
        if by_photo and inputs.photo is not None:
            # Whole photos tell more than 28×28 pixels of them do, so they come first.
            ways = [
                (by_photo, inputs.photo, f"{of_class} to the photo, each with its distance"),
                (found, inputs.image, "And to its 28×28 pixels"),
            ]
        for finder, picture, caption in ways:
            st.caption(caption)
            _row(finder.nearest(picture, label, _N), training, names[label])


def _row(nearest: list[Neighbour], training: LoadedSplit, name: str) -> None:
    images = training.images[np.array([each.image for each in nearest], int)]
    with st.container(horizontal=True, gap="xsmall"):
        for each, picture in zip(nearest, images, strict=True):
            st.image(
                data_url(thumbnail(picture, _SIDE)),
                caption=f"{each.distance:.3f}",
                width=_SIDE,
                alt=f"Training image {each.image}, {name}",
            )
