"""Architectures: the networks one can train, a family a file, and a line in the table below.

A build function takes ``input_shape`` (height, width), or (height, width, 3) for photos in colour,
``num_outputs``, and by name the options that its line lists, all of which have a default. It
returns an uncompiled ``keras.Model`` that takes pixels of 0–255 and ends in a softmax.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Architecture:
    """A network one can train.

    Attributes:
        family: the module here whose function of the architecture's name builds it.
        summary: what the Train page says of it.
        shape: of what it takes: an image of a data set, or a photo in colour.
        takes: the options of a configuration that its function takes.
    """

    family: str
    summary: str
    shape: tuple[int, ...] = (28, 28)
    takes: tuple[str, ...] = ()


_COURSE = ("units", "activation", "normalisation", "dropout", "scaling")


ARCHITECTURES: dict[str, Architecture] = {
    "dense": Architecture(
        "dense",
        "The course's first: flatten, units, softmax",
        takes=("hidden_layers", *_COURSE),
    ),
    "course-cnn": Architecture(
        "course_cnn",
        "The course's second: two convolutions before that",
        takes=("filters", *_COURSE),
    ),
    "cnn": Architecture("cnn", "Convolutions see neighbouring pixels together"),
    "resnet": Architecture("resnet", "Residual: each block adds to the one before"),
    "quick": Architecture("resnet", "As resnet, half the filters, a quarter of the work"),
    "tiny": Architecture("resnet", "As resnet, for phones: 99,000 parameters"),
    "small": Architecture("resnet", "Few filters in many blocks, longer at full size"),
    "photo": Architecture(
        "efficientnet_lite", "EfficientNet-Lite0, for photos in colour", (192, 192, 3)
    ),
}


def of_images() -> list[str]:
    """Return the names of those that take images of a data set."""
    return [name for name, each in ARCHITECTURES.items() if len(each.shape) == 2]


def of_photos() -> list[str]:
    """Return the names of those that take photos in colour."""
    return [name for name, each in ARCHITECTURES.items() if len(each.shape) == 3]


def build(name: str, num_outputs: int = 10, **options: Any) -> "keras.Model":
    """Build the architecture of that name, uncompiled, with the options that it takes.

    The module is imported only here, so that the table can be shown without TensorFlow. The
    function has the architecture's name, with underscores.

    Raises:
        ValueError: if no architecture has that name.
    """
    if name not in ARCHITECTURES:
        raise ValueError(f"Expected an architecture of {', '.join(ARCHITECTURES)}; got {name!r}.")
    architecture = ARCHITECTURES[name]
    family = import_module(f"{__name__}.{architecture.family}")
    function: Callable[..., keras.Model] = getattr(family, name.replace("-", "_"))
    return function(architecture.shape, num_outputs, **options)
