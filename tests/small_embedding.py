"""A map for the data set that the tests have: the shipped one, or one made on the spot."""

from pathlib import Path

import numpy as np

from fmnist.datasets import DATASETS
from fmnist.exploration.embedding import Embedding, EmbeddingKey, principal_components
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import ModelStore, preferred
from fmnist.models.folder import EMBEDDING, TWIN


def with_embedding(models: Path) -> Embedding:
    """Return the embedding of the model that predicts by default; put one there if need be."""
    store = ModelStore(models)
    name = preferred([entry.name for entry in store.entries() if entry.selectable])
    card = store.card(name)
    train, test = (DATASETS[card.dataset].load(split) for split in ("train", "test"))
    twin = card.sha256[TWIN]
    key = EmbeddingKey(twin, *(OutputsKey.of(twin, each.images).images for each in (train, test)))
    found = Embedding.read(store.folder(name) / EMBEDDING, key)
    if found is None:
        images = np.concatenate([train.images, test.images])
        labels = np.concatenate([train.labels, test.labels])
        components, _ = principal_components(images)
        reduced = images.reshape(len(images), -1) @ components
        found = Embedding.of(images, labels, len(train), reduced)
        found.write(store.folder(name) / EMBEDDING, key)
    return found
