"""The weights of a dense network, written to a file's bytes and read back."""

import io
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import DTypeLike

from fmnist.explanation.layers import Layer
from fmnist.lessons.losses import Floats
from fmnist.lessons.network import Parameters


def weights(layers: Iterable[Layer]) -> Parameters:
    """Return the weights of a network's dense layers, as ``network.forward`` takes them."""
    parameters: Parameters = []
    for layer in layers:
        if layer.kind == "dense" and layer.kernel is not None and layer.bias is not None:
            parameters += [layer.kernel, layer.bias]
    return parameters


def saved(parameters: Sequence[Floats], kept: DTypeLike = np.float32) -> bytes:
    """Write parameters as NumPy's ``.npz``, each number in the form ``kept``."""
    buffer = io.BytesIO()
    np.savez(buffer, *[part.astype(kept) for part in parameters])
    return buffer.getvalue()


def loaded(content: bytes) -> Parameters:
    """Read what ``saved`` wrote, as float32.

    Raises:
        ValueError: if it is something else.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return [file[f"arr_{n}"].astype(np.float32) for n in range(len(file.files))]
