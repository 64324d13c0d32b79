"""Weights: what each pixel adds to a class's score, in a network of dense layers alone.

With ReLU such a network is, for one image, a sum of pixels times weights: those of the paths whose
units are above zero. So pixel times weight says exactly what each pixel adds.
"""

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.layers import Floats
from fmnist.explanation.method import Explained, Method, gradient
from fmnist.explanation.network import Network


class Weights(Method):
    """What each pixel adds, by the weights that lead from it to the class."""

    title = "Weights"
    summary = "What each pixel adds to the score: its value times the weights that lead from it."
    limit = "Black pixels add nothing, though what is missing can tell a class as well."

    def applies(self, network: Network) -> bool:
        """Tell whether the network has dense layers alone."""
        kinds = {layer.kind for layer in network.layers}
        return kinds <= {"rescaling", "flatten", "dense", "softmax"} and "dense" in kinds

    def maps(self, model: Explained, image: NDArray[np.uint8]) -> Floats:
        """Multiply pixels and weights, see ``Method.maps``; in logits, of rows and columns as many.

        Their sum over all pixels is a class's logit, without the biases' part.
        """
        network = model.network
        outputs = network.run(image)
        flat = next(n for n, layer in enumerate(network.layers) if layer.kind == "flatten")
        added = gradient(network, outputs, flat) * outputs[flat]
        return np.ascontiguousarray(added.T.reshape(*image.shape, -1), np.float32)
