"""What every method of explanation answers: where an image speaks for a class, and where against.

To add one: write its file with a subclass, and add it to ``METHODS``.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.layers import Floats
from fmnist.explanation.network import Network
from fmnist.inference.classifier import Classifier


@dataclass(frozen=True)
class Explained:
    """A model that is asked to explain itself.

    Attributes:
        network: its layers.
        classifier: as it predicts.
    """

    network: Network
    classifier: Classifier


class Method(ABC):
    """A way to tell where in an image a model finds what speaks for each class.

    Attributes:
        title: what people choose it by.
        summary: what its map shows, in a sentence.
        limit: what its map does not show, in a sentence.
    """

    title: str
    summary: str
    limit: str

    @abstractmethod
    def applies(self, network: Network) -> bool:
        """Tell whether it can say anything of a network of this kind."""

    @abstractmethod
    def maps(self, model: Explained, image: NDArray[np.uint8]) -> Floats:
        """Explain what a model says of an image.

        Args:
            model: who predicts.
            image: uint8, of the classifier's shape.

        Returns:
            float32 ``(rows, columns, num_outputs)``: for each output, how much each place speaks
            for it, and below zero against it. Rows and columns may be fewer than the image's. The
            difference of two outputs' maps says what speaks for one rather than the other.
        """


def last_map(network: Network) -> int | None:
    """Return the number of the last feature map before the head that is not yet pooled."""
    pictures = [
        n
        for n, layer in enumerate(network.layers[: network.head])
        if len(layer.shape) == 3 and "pooling" not in layer.kind
    ]
    return pictures[-1] if pictures else None


def gradient(network: Network, outputs: list[Floats], start: int) -> Floats:
    """Return the gradient of the logits by what a layer computes, through the layers after it.

    Args:
        network: where from ``start`` to the head each layer takes only from the one before.
        outputs: what ``Network.run`` returned.
        start: the layer's number.

    Returns:
        float32 ``(num_outputs, *shape of the layer)``.

    Raises:
        ValueError: if a layer on the way is of a kind that is not known here.
    """
    layers, head = network.layers, network.head
    slope: Floats = np.eye(layers[head].shape[-1], dtype=np.float32)
    for n in range(head, start, -1):
        layer = layers[n]
        if layer.inputs != (n - 1,):
            raise ValueError("Expected layers in a row.")
        entrance = layers[n - 1].shape
        if layer.kind == "dense" and layer.kernel is not None:
            if layer.relu:
                slope = slope * (outputs[n] > 0)
            slope = slope @ layer.kernel.T
        elif layer.kind == "flatten":
            slope = slope.reshape(len(slope), *entrance)
        elif layer.kind == "max pooling" and layer.window == (layer.stride, layer.stride):
            slope = _through_max(slope, outputs[n - 1], outputs[n], layer.stride)
        elif layer.kind == "global average pooling":
            shared = slope[:, None, None] / np.float32(np.prod(entrance[:2]))
            slope = np.broadcast_to(shared, (len(slope), *entrance)).astype(np.float32)
        else:
            raise ValueError(f"Expected dense layers, flatten or pooling; got {layer.kind}.")
    return slope


def _through_max(slope: Floats, entrance: Floats, exit_: Floats, side: int) -> Floats:
    """Hand the gradient of each window's maximum to where it was, in equal parts if twice."""
    rows, columns, channels = exit_.shape
    seen = entrance[: rows * side, : columns * side].reshape(rows, side, columns, side, channels)
    at_most = seen == exit_[:, None, :, None]
    share = at_most / at_most.sum(axis=(1, 3), keepdims=True)
    spread = slope[:, :, None, :, None] * share
    through = np.zeros((len(slope), *entrance.shape), np.float32)
    through[:, : rows * side, : columns * side] = spread.reshape(
        len(slope), rows * side, columns * side, channels
    )
    return through
