"""The networks one can train: a file each, and a line in the table below.

A build function takes ``input_shape`` (height, width), or (height, width, 3) for photos in colour,
and ``num_classes`` and returns an uncompiled ``keras.Model`` that takes pixels of 0–255 and ends in
a softmax.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

# The name people choose, and what the Train page says of it.
ARCHITECTURES: dict[str, str] = {
    "dense": "The course's first: flatten, 128 units, softmax",
    "cnn": "Convolutions see neighbouring pixels together",
    "resnet": "Residual: each block adds to the one before",
    "quick": "The same, half the filters, a quarter of the work",
    "tiny": "The same for phones: 99,000 parameters",
    "small": "Few filters in many blocks, longer at full size",
}
# Those for photos alone: the sharper look.
PHOTO_ARCHITECTURES: dict[str, str] = {
    "sharp": "A residual network for photos of 64×64 pixels in colour",
}


def build(
    name: str, input_shape: tuple[int, ...] = (28, 28), num_classes: int = 10
) -> "keras.Model":
    """Build the architecture of that name, uncompiled.

    The module is imported only here, so that the table can be shown without TensorFlow.

    Raises:
        ValueError: if no architecture has that name.
    """
    if name not in ARCHITECTURES | PHOTO_ARCHITECTURES:
        known = ", ".join(ARCHITECTURES | PHOTO_ARCHITECTURES)
        raise ValueError(f"Expected an architecture of {known}; got {name!r}.")
    function: Callable[..., keras.Model] = import_module(f"{__name__}.{name}").build
    return function(input_shape, num_classes)
