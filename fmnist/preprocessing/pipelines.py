"""The pipelines from what people bring to the form of a data set.

``Dataset.pipeline`` names one. To add a pipeline: write it here and add its line to ``PIPELINES``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fmnist.preprocessing.outline import fill_outline
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation import Locator, Outliner, Segmenter
from fmnist.preprocessing.segmentation.clothes import segment_clothes
from fmnist.preprocessing.segmentation.handwriting import segment_handwriting
from fmnist.preprocessing.steps import Step
from fmnist.preprocessing.steps.fashion_mnist import (
    EXTEND,
    GRAY,
    NEGATE,
    ON_WHITE,
    RESIZE,
    SHARPEN,
    TRIM,
    extend,
    resize,
)
from fmnist.preprocessing.steps.garment import NARROW, SHADE, STRAIGHTEN
from fmnist.preprocessing.steps.mnist import CENTRE, PEN, SHRINK


@dataclass(frozen=True)
class Pipeline:
    """How photos and drawings come to 28×28 pixels.

    Attributes:
        segment: tells what a photo was taken of from its background.
        segment_title: what that does, in the words of a step.
        cut_out: takes a photo, uint8 ``(height, width, 3)``, and a mask, uint8
            ``(height, width)``, to what the first step takes.
        steps: from there to uint8 ``(28, 28)``.
        draw: makes uint8 ``(28, 28)`` of a drawing's ink, uint8 ``(height, width)``, cropped.
        background: what a photo is best taken on, in words.
        locate: tells where in a photo the thing is that it shows; None if nobody can.
        locate_title: what that does, in the words of a step.
        outline: tells the garments in a photo apart; None if nobody can.
    """

    segment: Segmenter
    segment_title: str
    cut_out: Callable[[Picture, Picture], Picture]
    steps: tuple[Step, ...]
    draw: Callable[[Picture], Picture]
    background: str
    locate: Locator | None = None
    locate_title: str = "Where it is"
    outline: Outliner | None = None

    def run(self, cut_out: Picture) -> dict[Step, Picture]:
        """Take every step, and return what each one made, in order."""
        made: dict[Step, Picture] = {}
        for step in self.steps:
            cut_out = made[step] = step.apply(cut_out)
        return made


def transparent(photo: Picture, mask: Picture) -> Picture:
    """Make all that is not in the mask transparent: uint8 ``(height, width, 4)``."""
    return np.dstack([photo, mask])


def draw_garment(ink: Picture) -> Picture:
    """Fill a drawing's outline, scale its longest edge to 28 and centre it."""
    return extend(resize(fill_outline(ink)), fill=0)


def draw_digit(ink: Picture) -> Picture:
    """Bring strokes to the width, the size and the place that MNIST's digits have."""
    for step in _INK_STEPS:
        ink = step.apply(ink)
    return ink


# Clothes are filled and fill the image, as in Fashion-MNIST.
CLOTHES = Pipeline(
    segment=segment_clothes,
    segment_title="Find the garment",
    cut_out=transparent,
    steps=(
        # From what people photograph to a shop's picture of it,
        STRAIGHTEN,
        TRIM,
        NARROW,
        SHADE,
        # and on as the paper did that introduced the data set (arXiv 1708.07747, section 2).
        RESIZE,
        ON_WHITE,
        SHARPEN,
        EXTEND,
        NEGATE,
        GRAY,
    ),
    draw=draw_garment,
    background="a plain ground",
)

_INK_STEPS = (PEN, SHRINK, CENTRE)

# Strokes stay strokes, scaled and centred as in MNIST.
HANDWRITING = Pipeline(
    segment=segment_handwriting,
    segment_title="Find the ink",
    cut_out=lambda photo, ink: ink,
    steps=(TRIM, *_INK_STEPS),
    draw=draw_digit,
    background="plain paper",
)

PIPELINES: dict[str, Pipeline] = {
    "clothes": CLOTHES,
    "handwriting": HANDWRITING,
}
