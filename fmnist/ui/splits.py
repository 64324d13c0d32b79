"""The images of a data set and what models say of them, shared by all sessions."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist import settings
from fmnist.datasets import DATASETS, Dataset, DataUnavailableError, SplitName
from fmnist.inference.kept_outputs import OutputsKey, read_outputs, write_outputs
from fmnist.inference.predictions import Predictions
from fmnist.models import Card, default_store
from fmnist.models.folder import OUTPUTS, TWIN
from fmnist.storage import Rows, RowsOnDisk
from fmnist.ui.cache import ReadyModel, Version, ready_model, store_version

_WORDS: dict[SplitName, str] = {"train": "training", "test": "test"}


class LoadedSplit(NamedTuple):
    """One half of a data set.

    Attributes:
        images: uint8 ``(n, 28, 28)``; those of the training half stay on disk.
        labels: uint8 ``(n,)``.
        source: where the files came from, in words.
        digest: of the images, as in ``OutputsKey``.
    """

    images: Rows
    labels: NDArray[np.uint8]
    source: str
    digest: str

    def image(self, index: int) -> NDArray[np.uint8]:
        """Return one image, uint8 ``(28, 28)``."""
        return self.images[np.array([index])][0]


def loaded_split(dataset: Dataset, name: SplitName = "test", *, fetch: bool = True) -> LoadedSplit:
    """Load one half of a data set; what is not here is downloaded under a progress bar.

    Raises:
        DataUnavailableError: if no source has it, or it would have to be fetched and may not be.
    """
    try:
        return _split(dataset.name, name)
    except DataUnavailableError:
        if not fetch:
            raise
        bar = st.progress(0.0, text=f"Looking for {dataset.title}…")
        try:
            dataset.load(name, progress=_megabytes(bar.progress, dataset))
        finally:
            bar.empty()
        return _split(dataset.name, name)


def predictions(model: ReadyModel, name: SplitName = "test") -> Predictions:
    """Return a model's predictions for a split, as far as they have been made."""
    loaded_split(model.dataset, name)  # under a progress bar, if it must be fetched
    return _predictions(model.name, store_version(), name)


def all_predictions(model: ReadyModel, name: SplitName = "test") -> NDArray[np.float32]:
    """Return a model's predictions for a whole split; the first time, under a progress bar.

    Returns:
        float32 ``(n, num_classes)``.
    """
    made = predictions(model, name)
    if made.complete:
        return made.all()
    n = len(loaded_split(model.dataset, name).labels)
    text = f"Asking {model.name} about {n:,} {_WORDS[name]} images, once…"
    bar = st.progress(0.0, text=text)
    probabilities = made.all(lambda share: bar.progress(share, text=text))
    bar.empty()
    with suppress(OSError):  # a disk that is full or read-only: they are computed again next time
        key = outputs_key(model.card, name)
        write_outputs(_kept(key), key, made.outputs)
    return probabilities


def outputs_key(card: Card, name: SplitName) -> OutputsKey:
    """Name what is computed once by a model of the images of a split."""
    return OutputsKey(card.sha256[TWIN], _split(card.dataset, name).digest)


@st.cache_resource(max_entries=4, show_spinner=False)
def _split(dataset: str, name: SplitName) -> LoadedSplit:
    split = DATASETS[dataset].load(name, download=False)
    digest = OutputsKey.of("", split.images).images
    images = RowsOnDisk(split.images) if name == "train" else split.images
    return LoadedSplit(images, split.labels, split.source, digest)


@st.cache_resource(max_entries=4, show_spinner=False)
def _predictions(model: str, version: Version, name: SplitName) -> Predictions:
    ready = ready_model(model)
    key = outputs_key(ready.card, name)
    places = default_store().folder(model) / OUTPUTS, _kept(key)
    kept = (read_outputs(place, key) for place in places)
    outputs = next((found for found in kept if found is not None), None)
    return Predictions(ready.classifier, _split(ready.dataset.name, name).images, outputs)


def _kept(key: OutputsKey) -> Path:
    return settings.cache_folder() / "outputs" / f"{key.twin[:32]}-{key.images[:16]}.npz"


def _megabytes(show: Callable[..., object], dataset: Dataset) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        text = f"Fetching {dataset.title}: {done / 1e6:.1f} of {total / 1e6:.1f} MB"
        show(min(done / max(total, 1), 1.0), text=text)

    return progress
