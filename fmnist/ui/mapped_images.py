"""All images of a data set with their places on the maps, loaded once for everybody, read-only."""

from hashlib import sha256
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import SplitName
from fmnist.exploration.embedding import Embedding, EmbeddingKey, MapName, Points
from fmnist.exploration.regions import Region
from fmnist.models import default_store
from fmnist.models.folder import EMBEDDING, TWIN
from fmnist.ui.cache import ReadyModel, Version, store_version, usable_cards
from fmnist.ui.splits import LoadedSplit, loaded_split

# What an address calls a line around points of a map, see ``Region``.
INSIDE = "inside"


def linked_region() -> Region | None:
    """Read the line around points that is in the address; one that was cut off is said to be so."""
    text = st.query_params.get(INSIDE, "")
    region = Region.read(text)
    if text and not region:
        st.caption(":material/link_off: The line in this link was cut off. All images are shown.")
    return region


class MappedImages(NamedTuple):
    """All images of a data set, with the places of each on the maps.

    Attributes:
        name: of these images on these maps.
        model: the name of the one whose features they are.
        embedding: the places.
        labels: uint8 ``(n,)``, those of the training images first.
        splits: the training and the test images.
    """

    name: str
    model: str
    embedding: Embedding
    labels: NDArray[np.uint8]
    splits: tuple[LoadedSplit, LoadedSplit]

    @property
    def n_train(self) -> int:
        """How many are training images."""
        return len(self.splits[0].labels)

    def points(self, name: MapName) -> Points:
        """Return the places on one of the maps, ``(n, 2)``."""
        return self.embedding.features if name == "features" else self.embedding.pixels

    def split_of(self, number: int) -> tuple[SplitName, int]:
        """Return the split of an image on the map, and its number there."""
        of_training = number < self.n_train
        return ("train", number) if of_training else ("test", number - self.n_train)

    def image(self, number: int) -> NDArray[np.uint8]:
        """Return an image by its number on the map, uint8 ``(28, 28)``."""
        name, place = self.split_of(number)
        return self.splits[name == "test"].image(place)

    def title(self, number: int) -> str:
        """Return what an image is called."""
        name, place = self.split_of(number)
        return f"{'Training' if name == 'train' else 'Test'} image {place}"


def mapped_images(model: ReadyModel) -> MappedImages | None:
    """Return the images of a model's data set on its own maps, or on those of another model.

    Raises:
        DataUnavailableError: if the images are not here and cannot be fetched.
    """
    splits = loaded_split(model.dataset, "train"), loaded_split(model.dataset, "test")
    for name, card in {model.name: model.card, **usable_cards(model.dataset)}.items():
        key = EmbeddingKey(card.sha256[TWIN], splits[0].digest, splits[1].digest)
        found = _embedding(name, store_version(), key)
        if found:
            digest = sha256(found.features.tobytes() + found.pixels.tobytes())
            labels = np.concatenate([split.labels for split in splits])
            return MappedImages(f"{digest.hexdigest()[:16]}", name, found, labels, splits)
    return None


@st.cache_resource(max_entries=8, show_spinner=False)
def _embedding(name: str, version: Version, key: EmbeddingKey) -> Embedding | None:
    return Embedding.read(default_store().folder(name) / EMBEDDING, key)
