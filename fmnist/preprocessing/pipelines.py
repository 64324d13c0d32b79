"""What a way is from what people bring to the form of a data set."""

from collections.abc import Callable
from dataclasses import dataclass

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation.result import Finder
from fmnist.preprocessing.steps import Step


@dataclass(frozen=True)
class Way:
    """How photos and drawings come to 28×28 pixels.

    Attributes:
        find: tells what a photo was taken of from its ground.
        photo_steps: from a photo to uint8 ``(28, 28)``; the first of them finds.
        draw: makes uint8 ``(28, 28)`` of a drawing's ink, uint8 ``(height, width)``, cropped.
        drawn: what a drawing is then, in a word.
        ground: what a photo of it is best taken on, in words.
        left_out: the sentence to say when a photo shows several things.
    """

    find: Finder
    photo_steps: tuple[Step, ...]
    draw: Callable[[Picture], Picture]
    drawn: str
    ground: str
    left_out: str
