"""The cache that every session shares: models and data, loaded once, read-only and bounded.

A model's key holds the time of its files, so that one that is saved again is loaded again.
"""

import gc
import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist import settings
from fmnist.datasets import DATASETS, Dataset, DataUnavailableError, Split
from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Ensemble, Prediction
from fmnist.inference.kept_outputs import OutputsKey, read_outputs, write_outputs
from fmnist.inference.predictions import Predictions
from fmnist.models import Card, Entry, default_store
from fmnist.models.folder import OUTPUTS, TWIN
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


def test_split(dataset: Dataset) -> Split:
    """Load the test half of a data set; what is not here is downloaded under a progress bar.

    Raises:
        DataUnavailableError: if no source has it.
    """
    try:
        return _split(dataset.name)
    except DataUnavailableError:
        bar = st.progress(0.0, text=f"Looking for {dataset.title}…")
        try:
            dataset.load("test", progress=_megabytes(bar.progress, dataset))
        finally:
            bar.empty()
        return _split(dataset.name)


def test_predictions(model: ReadyModel) -> Predictions:
    """Return a model's predictions for the test images, as far as they have been made."""
    return _predictions(model.name, store_version(), len(test_split(model.dataset)))


def all_predictions(model: ReadyModel) -> NDArray[np.float32]:
    """Return a model's predictions for every test image; the first time, under a progress bar.

    Returns:
        float32 ``(n, num_classes)``.
    """
    predictions = test_predictions(model)
    if predictions.complete:
        return predictions.all()
    text = f"Asking {model.name} about {len(test_split(model.dataset)):,} images…"
    bar = st.progress(0.0, text=text)
    probabilities = predictions.all(lambda share: bar.progress(share, text=text))
    bar.empty()
    with suppress(OSError):  # a disk that is full or read-only: they are computed again next time
        key = _outputs_key(model.name, store_version())
        write_outputs(_kept_outputs(key), key, predictions.outputs)
    return probabilities


def input_predictions(model: ReadyModel, inputs: Sequence[ModelInputs]) -> list[Prediction]:
    """Return a model's predictions for pictures that people have brought."""
    digest = hashlib.sha256()
    for each in inputs:
        said = each.photo_outputs
        digest.update(each.image.tobytes() + (said.outputs.tobytes() if said else b"-"))
    return _input_predictions(model.name, store_version(), digest.hexdigest(), inputs)


@st.cache_resource(show_spinner=False)
def freeze_garbage_collector() -> None:
    """Take what is loaded out of the garbage collector's sight.

    Streamlit collects garbage after every rerun; looking through the imported libraries each
    time costs more than the rest of most reruns.
    """
    gc.collect()
    gc.freeze()


@st.cache_resource(max_entries=1, show_spinner=False)
def _entries(version: Version) -> list[Entry]:
    return default_store().entries()


@st.cache_resource(max_entries=8, show_spinner="Waking the model…")
def _ready_model(name: str, version: Version) -> ReadyModel:
    store = default_store()
    card = store.card(name)
    dataset = DATASETS[card.dataset]
    return ReadyModel(name, card, dataset, Ensemble.load(store, name))


@st.cache_resource(max_entries=4, show_spinner=False)
def _split(dataset: str) -> Split:
    return DATASETS[dataset].load("test", download=False)


@st.cache_resource(max_entries=4, show_spinner=False)
def _predictions(name: str, version: Version, n: int) -> Predictions:
    model, key = _ready_model(name, version), _outputs_key(name, version)
    places = default_store().folder(name) / OUTPUTS, _kept_outputs(key)
    kept = (read_outputs(place, key) for place in places)
    outputs = next((found for found in kept if found is not None), None)
    return Predictions(model.classifier, _split(model.dataset.name).images, outputs)


@st.cache_resource(max_entries=16, show_spinner=False)
def _outputs_key(name: str, version: Version) -> OutputsKey:
    model = _ready_model(name, version)
    return OutputsKey.of(model.card.sha256[TWIN], _split(model.dataset.name).images)


def _kept_outputs(key: OutputsKey) -> Path:
    return settings.cache_folder() / "test outputs" / f"{key.twin[:32]}.npz"


@st.cache_resource(max_entries=32, show_spinner=False)
def _input_predictions(
    name: str, version: Version, digest: str, _inputs: Sequence[ModelInputs]
) -> list[Prediction]:
    return _ready_model(name, version).ensemble.predict_all(_inputs)


def _megabytes(show: Callable[..., object], dataset: Dataset) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        text = f"Fetching {dataset.title}: {done / 1e6:.1f} of {total / 1e6:.1f} MB"
        show(min(done / max(total, 1), 1.0), text=text)

    return progress
