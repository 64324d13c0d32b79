"""What is pointed out on the map: the image of a link, and what a person has made."""

from hashlib import sha256

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.exploration.embedding import MapName
from fmnist.ui.cache import Version, ready_model, store_version
from fmnist.ui.data.image_map import Mark
from fmnist.ui.mapped_images import MappedImages
from fmnist.ui.pixels import data_url
from fmnist.ui.subject import remembered
from fmnist.ui.why.resources import training_neighbours

_NEAREST = 5


def marks(images: MappedImages) -> list[Mark]:
    """Find the image of a link, and what a person looked at last."""
    linked, subject = _linked(images), remembered()
    found = [] if linked is None else [_of_number(images, linked)]
    if subject is None:
        return found
    if subject.number is None:
        image, digest = subject.image, sha256(subject.image.tobytes()).hexdigest()
        places = _placed(images.model, store_version(), digest, images, image)
        name = subject.name if subject.name.startswith("Training") else f"{subject.name} is here"
        found.append(Mark(name, data_url(image), places))
    elif linked is None and images.n_train + subject.number < len(images.labels):
        found.append(_of_number(images, images.n_train + subject.number))
    return found


def _linked(images: MappedImages) -> int | None:
    """Return the image that the URL names as it does on the Images page; None without one."""
    text, source = st.query_params.get("image", ""), st.query_params.get("source", "Test")
    if not text.isdecimal():
        return None
    train, test = (len(split.labels) for split in images.splits)
    number, n, start = int(text), *((train, 0) if source == "Training" else (test, train))
    return start + number if number < n else None


def _of_number(images: MappedImages, number: int) -> Mark:
    (x, y), (u, v) = (map(float, images.points(name)[number]) for name in ("features", "pixels"))
    places: dict[MapName, tuple[float, float]] = {"features": (x, y), "pixels": (u, v)}
    return Mark(images.title(number), data_url(images.image(number)), places)


@st.cache_resource(max_entries=64, show_spinner="Looking for its place…")
def _placed(
    model: str, version: Version, digest: str, _images: MappedImages, _image: NDArray[np.uint8]
) -> dict[MapName, tuple[float, float]]:
    embedding = _images.embedding
    nearest = training_neighbours(ready_model(model)).nearest(_image, None, _NEAREST)
    return {
        "features": embedding.place_by_features(nearest),
        "pixels": embedding.place_by_pixels(_image),
    }
