"""What explanations need, loaded once for everybody, read-only and bounded."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist import settings
from fmnist.datasets import DATASETS, Dataset, Split
from fmnist.explanation import Explained, Network
from fmnist.explanation.neighbours import FeatureExtractor, TrainingFeatures
from fmnist.inference.classifier import Classifier
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import default_store
from fmnist.models.folder import TWIN
from fmnist.storage import replacing
from fmnist.ui.cache import ReadyModel, Version, store_version


def explained(model: ReadyModel) -> Explained:
    """Read a model's layers."""
    return _explained(model.name, store_version(), model.classifier)


def untrained(model: ReadyModel) -> Explained:
    """Return the same network with its weights shuffled: it has learnt nothing."""
    return _untrained(model.name, store_version(), model.classifier)


def training_split(dataset: Dataset) -> Split:
    """Load the training half of a data set.

    Raises:
        DataUnavailableError: if it is not on this machine.
    """
    return _training_split(dataset.name)


def training_features(model: ReadyModel) -> TrainingFeatures:
    """Return the features of all training images; the first time, under a progress bar.

    Raises:
        DataUnavailableError: if the training images are not on this machine.
    """
    features = _training_features(model.name, store_version(), model.dataset.name)
    if not features.complete:
        n = len(training_split(model.dataset))
        text = f"{model.name} looks at its {n:,} training images, once…"
        bar = st.progress(0.0, text=text)
        features.compute(lambda share: bar.progress(share, text=text))
        bar.empty()
        path = _kept_features(model.name, training_split(model.dataset).images)
        # On a disk that is full or read-only they are computed again next time.
        with suppress(OSError), replacing(path) as temporary, temporary.open("wb") as file:
            np.save(file, features.features)
    return features


@st.cache_resource(max_entries=4, show_spinner=False)
def _explained(name: str, version: Version, _classifier: Classifier) -> Explained:
    return Explained(Network(default_store().twin(name)), _classifier)


@st.cache_resource(max_entries=2, show_spinner=False)
def _untrained(name: str, version: Version, _classifier: Classifier) -> Explained:
    network = _explained(name, version, _classifier).network.shuffled()
    classifier = Classifier(network.content, _classifier.num_classes, _classifier.temperature)
    return Explained(network, classifier)


@st.cache_resource(max_entries=2, show_spinner=False)
def _training_split(dataset: str) -> Split:
    return DATASETS[dataset].load("train", download=False)


@st.cache_resource(max_entries=2, show_spinner=False)
def _training_features(name: str, version: Version, dataset: str) -> TrainingFeatures:
    store, split = default_store(), _training_split(dataset)
    extract = FeatureExtractor(Network(store.twin(name)))
    kept = None
    with suppress(OSError, ValueError):
        found = np.load(_kept_features(name, split.images), mmap_mode="r")
        if found.shape == (len(split), extract.width) and found.dtype == np.float16:
            kept = found
    return TrainingFeatures(extract, split.images, split.labels, kept)


def _kept_features(name: str, images: NDArray[np.uint8]) -> Path:
    key = OutputsKey.of(default_store().card(name).sha256[TWIN], images)
    return settings.cache_folder() / "training features" / f"{key.twin[:24]}-{key.images[:24]}.npy"
