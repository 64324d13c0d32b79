"""Cost: multiply-adds, bytes and milliseconds of a prediction."""

import math
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from fmnist.datasets import DATASETS
from fmnist.inference.classifier import Classifier
from fmnist.models.store import ModelStore

if TYPE_CHECKING:
    import keras

_ROUNDS, _PREDICTIONS = 5, 100


@dataclass(frozen=True)
class Cost:
    """The price of a prediction for one image.

    Attributes:
        multiply_adds: multiplications of a weight with an input, each with its addition.
        bytes: the size of the compiled twin.
        milliseconds: on this machine, by the compiled twin.
    """

    multiply_adds: int
    bytes: int
    milliseconds: float

    def metrics(self) -> dict[str, float]:
        """Return the figures by their names on a model's card."""
        return asdict(self)


def measure_cost(store: ModelStore, name: str) -> Cost:
    """Count and time a prediction of a model. This imports TensorFlow (seconds).

    Raises:
        ModelError: if the model cannot be used.
    """
    num_classes = len(DATASETS[store.card(name).dataset].class_names)
    twin = store.twin(name)
    milliseconds = _time(Classifier(twin, num_classes))
    return Cost(multiply_adds(store.load_keras(name)), twin.stat().st_size, milliseconds)


def multiply_adds(model: "keras.Model") -> int:
    """Count the multiply-adds of one image in the convolutions and dense layers.

    Each weight of a kernel is used once at every place of the layer's output. What else there is,
    normalisation and activations, costs little and is not counted, as is the custom.
    """
    return sum(
        math.prod(layer.output.shape[1:-1]) * math.prod(weight.shape)
        for layer in model.layers
        for weight in layer.weights
        if weight.name.endswith("kernel")
    )


def _time(classifier: Classifier) -> float:
    """Time one image, in milliseconds: the fastest of several rounds is the least disturbed."""
    image = np.zeros((1, *classifier.shape), np.uint8)
    classifier.predict_proba(image)
    rounds = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        for _ in range(_PREDICTIONS):
            classifier.predict_proba(image)
        rounds.append(1000 * (time.perf_counter() - began) / _PREDICTIONS)
    return round(min(rounds), 3)
