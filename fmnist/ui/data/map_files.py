"""Files that the map fetches by itself, so that neither a pan nor a hover reruns the script.

They are the coordinates, fetched once, and sheets of a hundred images each, fetched as the pointer
comes to one of them. All 70,000 would be too much for the server's memory or for one message, so
they lie in the cache folder, and Streamlit serves them from there.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image
from streamlit.components.v1 import declare_component

from fmnist import settings
from fmnist.exploration.embedding import Embedding
from fmnist.storage import replacing
from fmnist.ui.gallery import sprite
from fmnist.ui.splits import LoadedSplit

SHEET = 100  # images, ten in a row
_FINISHED = "finished"


@st.cache_resource(max_entries=4, show_spinner=False)
def map_folder(name: str, _embedding: Embedding, _labels: NDArray[np.uint8]) -> Path:
    """Write what the map begins with, and return the folder.

    ``features.bin`` and ``pixels.bin`` hold x and y of each point, uint16, little-endian, and
    ``labels.bin`` a byte for each.

    Args:
        name: of the embedding and its images; what is made of others goes into another folder.
    """
    folder = _root() / name
    for file, array in (
        ("features", _embedding.features.astype("<u2")),
        ("pixels", _embedding.pixels.astype("<u2")),
        ("labels", _labels),
    ):
        with replacing(folder / f"{file}.bin") as temporary:
            temporary.write_bytes(array.tobytes())
    return folder


def address(folder: Path) -> str:
    """Return the address at which the browser finds the files of a folder of ``map_folder``.

    This is how Streamlit serves the files of components; no component is shown.
    """
    component = declare_component("map", path=str(folder.parent))
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return "/".join(["", *filter(None, [base]), "component", component.name, folder.name])


@st.cache_resource(max_entries=4, show_spinner=False)
def write_sheets(folder: Path, _splits: tuple[LoadedSplit, LoadedSplit]) -> None:
    """Write the images, those of training first, in ``0.bmp``, ``1.bmp`` and so on.

    A BMP is not compressed: all of them are written in less than a second.
    """
    if (folder / _FINISHED).exists():
        return
    starts = np.cumsum([0, *(len(split.labels) for split in _splits)])
    for number in range(-(-int(starts[-1]) // SHEET)):
        wanted = np.arange(number * SHEET, min((number + 1) * SHEET, starts[-1]))
        images = np.concatenate(
            [
                split.images[wanted[(wanted >= start) & (wanted < end)] - start]
                for split, start, end in zip(_splits, starts[:-1], starts[1:], strict=True)
            ]
        )
        with replacing(folder / f"{number}.bmp") as temporary:
            Image.fromarray(sprite(images)).save(temporary, "BMP")
    (folder / _FINISHED).touch()


@st.cache_resource(show_spinner=False)
def _root() -> Path:
    """Return a folder that can be written to."""
    folder = settings.cache_folder() / "map"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="fmnist-map-"))
