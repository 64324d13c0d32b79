"""Occlusion: what is lost when a part of the image is hidden.

Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014.
"""

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.layers import Floats
from fmnist.explanation.method import Explained, Method
from fmnist.explanation.network import Network

_PATCH, _STEP = 4, 2
_LEAST = 1e-6  # a probability below which none is told from another


class Occlusion(Method):
    """What a probability loses when a patch is hidden."""

    title = "Occlusion"
    summary = "How much less probable the class is when a patch there is made background."
    limit = "What is there twice can be hidden once without loss."

    def applies(self, network: Network) -> bool:
        """Tell that it applies: it needs nothing but predictions."""
        return True

    def maps(self, model: Explained, image: NDArray[np.uint8]) -> Floats:
        """Hide each patch of 4×4 pixels, see ``Method.maps``; in nats, of rows and columns as many.

        A pixel has the mean of all patches that it is in.
        """
        height, width = image.shape
        corners = [
            (top, left)
            for top in range(0, height - _PATCH + 1, _STEP)
            for left in range(0, width - _PATCH + 1, _STEP)
        ]
        images = np.repeat(image[None], len(corners) + 1, axis=0)
        for hidden, (top, left) in zip(images[1:], corners, strict=True):
            hidden[top : top + _PATCH, left : left + _PATCH] = 0
        logs = np.log(np.maximum(model.classifier.outputs(images), _LEAST))
        lost = logs[0] - logs[1:]
        total = np.zeros((height, width, lost.shape[1]), np.float32)
        count = np.zeros((height, width, 1), np.float32)
        for loss, (top, left) in zip(lost, corners, strict=True):
            total[top : top + _PATCH, left : left + _PATCH] += loss
            count[top : top + _PATCH, left : left + _PATCH] += 1
        return (total / np.maximum(count, 1)).astype(np.float32)
