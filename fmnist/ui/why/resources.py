"""What explanations need, loaded once for everybody, read-only and bounded."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist import settings
from fmnist.datasets import DATASETS, Dataset
from fmnist.explanation import Explained, Network
from fmnist.explanation.feature_index import FeatureIndex
from fmnist.explanation.neighbours import FeatureExtractor, Neighbours
from fmnist.inference.classifier import Classifier
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import default_store
from fmnist.models.folder import FEATURES, TWIN
from fmnist.storage import RowsOnDisk
from fmnist.ui.cache import ReadyModel, Version, store_version


class TrainingImages(NamedTuple):
    """The training half of a data set.

    Attributes:
        images: uint8 ``(n, 28, 28)``.
        labels: uint8 ``(n,)``.
        digest: of the images, as in ``OutputsKey``.
    """

    images: RowsOnDisk
    labels: NDArray[np.uint8]
    digest: str


def explained(model: ReadyModel) -> Explained:
    """Read a model's layers."""
    return _explained(model.name, store_version(), model.classifier)


def untrained(model: ReadyModel) -> Explained:
    """Return the same network with its weights shuffled: it has learnt nothing."""
    return _untrained(model.name, store_version(), model.classifier)


def training_images(dataset: Dataset) -> TrainingImages:
    """Load the training half of a data set.

    Raises:
        DataUnavailableError: if it is not on this machine.
    """
    return _training_images(dataset.name)


def training_neighbours(model: ReadyModel) -> Neighbours:
    """Return what finds training images; the first time, under a progress bar.

    Raises:
        DataUnavailableError: if the training images are not on this machine.
    """
    neighbours = _neighbours(model.name, store_version(), model.dataset.name)
    if neighbours.index is None:
        images = training_images(model.dataset).images
        text = f"{model.name} looks at its {len(images):,} training images, once…"
        bar = st.progress(0.0, text=text)
        index = neighbours.build(lambda share: bar.progress(share, text=text))
        bar.empty()
        # On a disk that is full or read-only it is made again next time.
        with suppress(OSError):
            key = _key(model.name, model.dataset.name)
            index.write(_kept(key), key)
    return neighbours


@st.cache_resource(max_entries=4, show_spinner=False)
def _explained(name: str, version: Version, _classifier: Classifier) -> Explained:
    return Explained(Network(default_store().twin(name)), _classifier)


@st.cache_resource(max_entries=2, show_spinner=False)
def _untrained(name: str, version: Version, _classifier: Classifier) -> Explained:
    network = _explained(name, version, _classifier).network.shuffled()
    classifier = Classifier(network.content, _classifier.num_classes, _classifier.temperature)
    return Explained(network, classifier)


@st.cache_resource(max_entries=2, show_spinner=False)
def _training_images(dataset: str) -> TrainingImages:
    split = DATASETS[dataset].load("train", download=False)
    digest = OutputsKey.of("", split.images).images
    return TrainingImages(RowsOnDisk(split.images), split.labels, digest)


@st.cache_resource(max_entries=4, show_spinner=False)
def _neighbours(name: str, version: Version, dataset: str) -> Neighbours:
    store, training = default_store(), _training_images(dataset)
    key = _key(name, dataset)
    places = store.folder(name) / FEATURES, _kept(key)
    found = (FeatureIndex.read(place, key) for place in places)
    index = next((each for each in found if each), None)
    extract = FeatureExtractor(Network(store.twin(name)))
    return Neighbours(extract, training.images, training.labels, index)


def _key(name: str, dataset: str) -> OutputsKey:
    return OutputsKey(default_store().card(name).sha256[TWIN], _training_images(dataset).digest)


def _kept(key: OutputsKey) -> Path:
    return settings.cache_folder() / "features" / f"{key.twin[:32]}.npz"
