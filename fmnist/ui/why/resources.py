"""What explanations need, loaded once for everybody, read-only and bounded."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from fmnist import settings
from fmnist.datasets import DATASETS
from fmnist.explanation import Explained, Network
from fmnist.explanation.feature_index import FeatureIndex
from fmnist.explanation.neighbours import FeatureExtractor, Neighbours
from fmnist.inference.classifier import Classifier
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.inference.photo_model import photo_model_of
from fmnist.models import default_store
from fmnist.models.folder import FEATURES
from fmnist.ui.cache import ReadyModel, Version, store_version
from fmnist.ui.splits import loaded_split, outputs_key


def explained(model: ReadyModel) -> Explained:
    """Read a model's layers."""
    return _explained(model.name, store_version(), model.classifier)


def untrained(model: ReadyModel) -> Explained:
    """Return the same network with its weights shuffled: it has learnt nothing."""
    return _untrained(model.name, store_version(), model.classifier)


def training_neighbours(model: ReadyModel) -> Neighbours:
    """Return what finds training images; the first time, under a progress bar.

    Raises:
        DataUnavailableError: if the training images are not on this machine.
    """
    training = loaded_split(model.dataset, "train", fetch=False)
    neighbours = _neighbours(model.name, store_version())
    if neighbours.index is None:
        text = f"{model.name} looks at its {len(training.labels):,} training images, once…"
        bar = st.progress(0.0, text=text)
        index = neighbours.build(lambda share: bar.progress(share, text=text))
        bar.empty()
        # On a disk that is full or read-only it is made again next time.
        with suppress(OSError):
            key = outputs_key(model.card, "train")
            index.write(_kept(key), key)
    return neighbours


def photo_neighbours(model: ReadyModel) -> Neighbours | None:
    """Return what finds the training images most like a photo, by the photo model.

    None if there is none, or no index beside it: to make one takes some ten minutes.
    """
    name = photo_model_of(default_store(), model.dataset.name)
    found = _neighbours(name, store_version()) if name else None
    return found if found and found.index else None


@st.cache_resource(max_entries=4, show_spinner=False)
def _explained(name: str, version: Version, _classifier: Classifier) -> Explained:
    return Explained(Network(default_store().twin(name)), _classifier)


@st.cache_resource(max_entries=2, show_spinner=False)
def _untrained(name: str, version: Version, _classifier: Classifier) -> Explained:
    network = _explained(name, version, _classifier).network.shuffled()
    classifier = Classifier(network.content, _classifier.num_classes, _classifier.temperature)
    return Explained(network, classifier)


@st.cache_resource(max_entries=4, show_spinner=False)
def _neighbours(name: str, version: Version) -> Neighbours:
    store = default_store()
    card = store.card(name)
    training = loaded_split(DATASETS[card.dataset], "train", fetch=False)
    key = outputs_key(card, "train")
    places = store.folder(name) / FEATURES, _kept(key)
    found = (FeatureIndex.read(place, key) for place in places)
    index = next((each for each in found if each), None)
    extract = FeatureExtractor(Network(store.twin(name)))
    return Neighbours(extract, training.images, training.labels, index)


def _kept(key: OutputsKey) -> Path:
    return settings.cache_folder() / "features" / f"{key.twin[:32]}.npz"
