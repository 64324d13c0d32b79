"""Explanation: why a model says what it says, without TensorFlow.

To add a method: write its file, and name it in ``METHODS``.
"""

from fmnist.explanation.class_activation import ClassActivation
from fmnist.explanation.method import Explained, Method
from fmnist.explanation.network import Network
from fmnist.explanation.occlusion import Occlusion
from fmnist.explanation.weights import Weights

METHODS: dict[str, Method] = {
    "activation": ClassActivation(),
    "weights": Weights(),
    "occlusion": Occlusion(),
}


def methods_for(network: Network) -> list[str]:
    """Return the names of the methods that apply to a network; the first one says most."""
    return [name for name, method in METHODS.items() if method.applies(network)]


__all__ = ["METHODS", "Explained", "Method", "Network", "methods_for"]
