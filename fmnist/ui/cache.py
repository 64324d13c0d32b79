"""The cache that every session shares: models, loaded once, read-only and bounded.

A model's key holds the time of its files, so that one that is saved again is loaded again.
"""

import gc
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from fmnist.datasets import DATASETS, Dataset
from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Ensemble, Prediction
from fmnist.models import Card, Entry, default_store
from fmnist.preprocessing import ModelInputs

Version = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ReadyModel:
    """A model that is loaded and can predict."""

    name: str
    card: Card
    dataset: Dataset
    ensemble: Ensemble

    @property
    def classifier(self) -> Classifier:
        """The model alone, as it looks at the images of the data set."""
        return self.ensemble.classifier


def store_version() -> Version:
    """Tell which models there are and how new: what is made of them is cached by that."""
    return default_store().version()


def model_entries() -> list[Entry]:
    """List the models of the store, usable or not."""
    return _entries(store_version())


def usable_cards(dataset: Dataset) -> dict[str, Card]:
    """Return the cards of the models of a data set that can be used, by name."""
    return {
        entry.name: entry.card
        for entry in model_entries()
        if entry.card and not entry.problem and entry.card.dataset == dataset.name
    }


def teachers(dataset: Dataset) -> list[str]:
    """Return the names of the models that a network of a data set can learn from."""
    return [name for name, card in usable_cards(dataset).items() if not card.takes_photos]


def ready_model(name: str) -> ReadyModel:
    """Load a model's compiled twin.

    Raises:
        ModelError: if it cannot be used.
    """
    return _ready_model(name, store_version())


def input_predictions(model: ReadyModel, inputs: Sequence[ModelInputs]) -> list[Prediction]:
    """Return a model's predictions for pictures that people have brought."""
    digest = hashlib.sha256()
    for each in inputs:
        said = each.photo_outputs
        digest.update(each.image.tobytes() + (said.outputs.tobytes() if said else b"-"))
    return _input_predictions(model.name, store_version(), digest.hexdigest(), inputs)


def freeze_garbage_collector() -> None:
    """Take what is in memory out of the garbage collector's sight, but for once a minute.

    Streamlit collects garbage after every rerun; looking through the imported libraries, and the
    sessions of everybody who is here, costs more than the rest of most reruns: with 100 people two
    thirds of the processor.
    """
    _collect_garbage()
    gc.freeze()


@st.cache_resource(ttl=60, show_spinner=False)
def _collect_garbage() -> None:
    gc.unfreeze()
    gc.collect()


@st.cache_resource(max_entries=1, show_spinner=False)
def _entries(version: Version) -> list[Entry]:
    return default_store().entries()


@st.cache_resource(max_entries=8, show_spinner=False)
def _ready_model(name: str, version: Version) -> ReadyModel:
    store = default_store()
    card = store.card(name)
    dataset = DATASETS[card.dataset]
    return ReadyModel(name, card, dataset, Ensemble.load(store, name))


@st.cache_resource(max_entries=32, show_spinner=False)
def _input_predictions(
    name: str, version: Version, digest: str, _inputs: Sequence[ModelInputs]
) -> list[Prediction]:
    return _ready_model(name, version).ensemble.predict_all(_inputs)
