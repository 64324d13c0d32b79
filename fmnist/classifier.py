"""Images → probabilities, through a model's compiled twin and without TensorFlow."""

import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# Large enough to keep the processor busy, small enough to leave other threads their turn.
_BATCH_SIZE = 64


class Classifier:
    """A trained model that answers; one instance serves every thread.

    The twin is a LiteRT file. Its interpreter answers one image in well under a millisecond and
    needs a tenth of TensorFlow's memory, but must not be used by two threads at once.

    Args:
        twin: path of the LiteRT file.
        num_classes: how many probabilities the model must give.

    Raises:
        ValueError: if the file is not a model from 28×28 images to ``num_classes`` probabilities.
    """

    def __init__(self, twin: Path, num_classes: int) -> None:
        # Here and not above: listing models or running a photo's steps needs no interpreter.
        from ai_edge_litert.interpreter import Interpreter

        try:
            self._interpreter = Interpreter(str(twin))
        except ValueError as error:
            raise ValueError(f"{twin.name} is not a LiteRT model: {error}") from error
        (source,) = self._interpreter.get_input_details()
        (target,) = self._interpreter.get_output_details()
        shapes = source["shape_signature"][1:].tolist(), target["shape_signature"][1:].tolist()
        if shapes != ([28, 28], [num_classes]):
            raise ValueError(
                f"Expected a model from 28×28 pixels to {num_classes} probabilities; "
                f"{twin.name} goes from {shapes[0]} to {shapes[1]}."
            )
        self.num_classes = num_classes
        self._input, self._output = source["index"], target["index"]
        self._allocated = 0
        self._lock = threading.Lock()

    def predict_proba(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Classify images.

        Args:
            images: uint8 ``(n, 28, 28)``, 0 background, 255 garment.

        Returns:
            float32 ``(n, num_classes)``; rows sum to 1.

        Raises:
            ValueError: if the images have another shape or type.
        """
        if images.ndim != 3 or images.shape[1:] != (28, 28) or images.dtype != np.uint8:
            raise ValueError(
                f"Expected uint8 images of shape (n, 28, 28); got {images.dtype} {images.shape}."
            )
        answers = [
            self._forward(images[start : start + _BATCH_SIZE])
            for start in range(0, len(images), _BATCH_SIZE)
        ]
        return np.concatenate(answers) if answers else np.empty((0, self.num_classes), np.float32)

    def _forward(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        with self._lock:
            if len(batch) != self._allocated:
                self._interpreter.resize_tensor_input(self._input, (len(batch), 28, 28))
                self._interpreter.allocate_tensors()
                self._allocated = len(batch)
            self._interpreter.set_tensor(self._input, batch.astype(np.float32))
            self._interpreter.invoke()
            return self._interpreter.get_tensor(self._output)
