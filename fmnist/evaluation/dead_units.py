"""Dead units: neurons that say nothing of any image, and so learn nothing any more."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras


def dead_units(model: "keras.Model", images: NDArray[np.uint8]) -> tuple[int, int]:
    """Count the units with ReLU in dense layers that are 0 for every image, and all such units.

    Where ReLU is 0 it has no slope, so nothing that comes in changes the weights of such a unit.

    Args:
        model: a network of images.
        images: ``(n, height, width)``.
    """
    import keras

    outputs = [
        layer.output
        for layer in model.layers
        if (
            isinstance(layer, keras.layers.ReLU)
            or getattr(layer, "activation", None) is keras.activations.relu
        )
        and len(layer.output.shape) == 2
    ]
    if not outputs:
        return 0, 0
    joined = keras.layers.Concatenate()(outputs) if len(outputs) > 1 else outputs[0]
    units = keras.Model(model.inputs, joined)
    greatest = units.predict(images.astype(np.float32), batch_size=256, verbose=0).max(axis=0)
    return int((greatest <= 0).sum()), len(greatest)
