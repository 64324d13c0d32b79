"""Classifier: images to probabilities, by a model's compiled twin and without TensorFlow."""

import threading
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.inference.ood import split_outputs
from fmnist.models import ModelError, ModelStore
from fmnist.preprocessing import SHAPES

# More at once are no quicker, and take more memory.
_BATCH_SIZE = 16


class Looked(NamedTuple):
    """What a model that locates said of an image, or the mean of both sides.

    Attributes:
        outputs: float32 ``(num_outputs,)``, as of ``Classifier.outputs``.
        activation: float32 ``(cells, cells, num_outputs)``, class activation maps, in logits.
        pixels: float32 ``(96, 96, num_classes + 2)``, what every other pixel shows, summing to 1:
            the classes, a garment of none of them, no garment. None from a model without it.
    """

    outputs: NDArray[np.float32]
    activation: NDArray[np.float32]
    pixels: NDArray[np.float32] | None = None


class Classifier:
    """A trained model that predicts; one instance serves every thread.

    The twin is a LiteRT file. Its interpreter predicts one image in well under a millisecond and
    needs a tenth of TensorFlow's memory, but must not be used by two threads at once.

    Args:
        twin: path of the LiteRT file, or its bytes.
        num_classes: how many classes there are. The model gives as many probabilities, or one
            more: the last one, of none of the classes.
        temperature: what the probabilities are tempered by, above 0; 1 leaves them alone.
        threads: how many compute one image; a network of 28×28 pixels gains nothing by a second.

    Attributes:
        shape: of one image, one of ``preprocessing.SHAPES``.
        num_outputs: how many probabilities the model gives.
        locates: whether the model tells where it looks, too, see ``look``.

    Raises:
        ValueError: if the file is not a model from such images to so many probabilities.
    """

    def __init__(
        self, twin: Path | bytes, num_classes: int, temperature: float = 1.0, threads: int = 1
    ) -> None:
        # Here and not above: listing models or running a photo's steps needs no interpreter.
        from ai_edge_litert.interpreter import Interpreter

        name = "It" if isinstance(twin, bytes) else twin.name
        try:
            self._interpreter = (
                Interpreter(model_content=twin, num_threads=threads)
                if isinstance(twin, bytes)
                else Interpreter(str(twin), num_threads=threads)
            )
        except ValueError as error:
            raise ValueError(f"{name} is not a LiteRT model: {error}") from error
        (source,) = self._interpreter.get_input_details()
        # First the probabilities, of no places, then what is said of few places, then of many.
        details = self._interpreter.get_output_details()
        targets = sorted(details, key=lambda each: tuple(each["shape_signature"][1:-1]))
        self.shape = tuple(source["shape_signature"][1:].tolist())
        outputs = targets[0]["shape_signature"][1:].tolist() if targets else []
        if self.shape not in SHAPES or outputs not in ([num_classes], [num_classes + 1]):
            raise ValueError(
                f"Expected a model from 28×28 pixels to {num_classes} probabilities; "
                f"{name} goes from {list(self.shape)} to {outputs}."
            )
        self.num_classes, self.temperature = num_classes, temperature
        (self.num_outputs,) = outputs
        self.locates = len(targets) > 1
        self._input = source["index"]
        self._targets = [target["index"] for target in targets]
        self._allocated = 0
        self._lock = threading.Lock()

    def predict_proba(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the first half of ``predict``, float32 ``(n, num_classes)``."""
        return self.predict(images)[0]

    def predict(
        self, images: NDArray[np.uint8], *, flips: bool = False
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Classify images, and score how strange they look.

        Args:
            images: uint8 ``(n, *shape)``: 0 background, 255 garment, if they are gray.
            flips: as in ``outputs``.

        Returns:
            Probabilities, float32 ``(n, num_classes)``, rows that sum to 1; and OOD scores,
            float32 ``(n,)`` of 0–1, larger is more likely out of distribution, see
            ``ood.split_outputs``.

        Raises:
            ValueError: if the images have another shape or type.
        """
        outputs = self.outputs(images, flips=flips)
        return split_outputs(outputs, self.num_classes, self.temperature)

    def outputs(self, images: NDArray[np.uint8], *, flips: bool = False) -> NDArray[np.float32]:
        """Return what the model itself says, before it is tempered and taken apart.

        Args:
            images: as in ``predict``.
            flips: whether to look at each from both sides, and take the mean of an image's outputs
                and its mirror image's. A model trained on mirror images too is right a little more
                often, at twice the time.

        Returns:
            float32 ``(n, num_classes)`` or ``(n, num_classes + 1)``, rows that sum to 1.

        Raises:
            ValueError: if the images have another shape or type.
        """
        if images.shape[1:] != self.shape or images.dtype != np.uint8:
            shape = ", ".join(map(str, self.shape))
            raise ValueError(
                f"Expected uint8 images of shape (n, {shape}); got {images.dtype} {images.shape}."
            )
        if not flips:
            return self._outputs_of(images)
        sides = self._outputs_of(images), self._outputs_of(images[:, :, ::-1])
        return np.mean(sides, axis=0, dtype=np.float32)

    def look(self, image: NDArray[np.uint8], *, flips: bool = True) -> Looked:
        """Ask a model that ``locates`` about one image.

        Args:
            image: uint8, of the classifier's shape.
            flips: whether from both sides, at twice the time.
        """
        ours, *there = (found[0] for found in self._invoke(image[None]))
        if not flips:
            return Looked(ours, *there)
        theirs, *mirrored = (found[0] for found in self._invoke(image[None, :, ::-1]))
        where = [(a + b[:, ::-1]) / 2 for a, b in zip(there, mirrored, strict=True)]
        return Looked((ours + theirs) / 2, *where)

    def _outputs_of(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        batches = [
            self._forward(images[start : start + _BATCH_SIZE])
            for start in range(0, len(images), _BATCH_SIZE)
        ]
        return np.concatenate(batches) if batches else np.empty((0, self.num_outputs), np.float32)

    def _forward(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        return self._invoke(batch)[0]

    def _invoke(self, batch: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """Return the outputs of a batch and, of a model that tells it, what it says of places."""
        with self._lock:
            if len(batch) != self._allocated:
                self._interpreter.resize_tensor_input(self._input, batch.shape)
                self._interpreter.allocate_tensors()
                self._allocated = len(batch)
            self._interpreter.set_tensor(self._input, batch.astype(np.float32))
            self._interpreter.invoke()
            return [self._interpreter.get_tensor(index) for index in self._targets]


def load_classifier(store: ModelStore, name: str, threads: int = 1) -> Classifier:
    """Load the twin of a model of a store, to compute by so many ``threads``.

    Raises:
        ModelError: if the model cannot be used, or its twin is another model's.
    """
    card = store.card(name)
    num_classes = len(DATASETS[card.dataset].class_names)
    try:
        classifier = Classifier(store.twin(name), num_classes, card.temperature, threads)
    except ValueError as error:
        raise ModelError(f"The model {name} cannot be used: {error}") from None
    if classifier.shape != card.shape:
        raise ModelError(
            f"The model {name} cannot be used: its card says that it takes {list(card.shape)} "
            f"pixels, and its twin takes {list(classifier.shape)}."
        )
    return classifier
