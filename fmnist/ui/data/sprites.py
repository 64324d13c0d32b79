"""Sprites: many images of a class, or of all classes, in one picture."""

import io

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from fmnist.datasets import Dataset
from fmnist.ui.splits import LoadedSplit

ROWS, COLUMNS = 3, 30


def class_sprites(dataset: Dataset, split: LoadedSplit) -> list[bytes]:
    """Return a PNG for each class, with three rows of its first images; made once for everybody."""
    return _class_sprites(split.digest, len(dataset.class_names), split)


def first_of_each(labels: NDArray[np.uint8], num_classes: int, n: int) -> list[NDArray[np.intp]]:
    """Return the numbers of the first n images of each class, or of as many as there are."""
    return [np.flatnonzero(labels == label)[:n] for label in range(num_classes)]


def tiled(images: NDArray[np.uint8], rows: int) -> NDArray[np.uint8]:
    """Put uint8 ``(n, h, w)`` images into so many rows, one after the other; what is over is black.

    Returns:
        uint8 ``(rows * h, columns * w)``, with a column at least.
    """
    n, height, width = images.shape
    columns = max(1, -(-n // rows))
    grid = np.zeros((rows * columns, height, width), np.uint8)
    grid[:n] = images
    grid = grid.reshape(rows, columns, height, width).swapaxes(1, 2)
    return grid.reshape(rows * height, columns * width)


def png(picture: NDArray[np.uint8]) -> bytes:
    """Return a PNG of a gray picture, uint8 ``(height, width)``."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()


@st.cache_resource(max_entries=4, show_spinner=False)
def _class_sprites(digest: str, num_classes: int, _split: LoadedSplit) -> list[bytes]:
    numbers = first_of_each(_split.labels, num_classes, ROWS * COLUMNS)
    return [png(tiled(_split.images[of_class], ROWS)) for of_class in numbers]
