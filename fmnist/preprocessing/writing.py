"""The way of writing: strokes stay strokes, scaled and centred as in MNIST."""

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.pipelines import Way
from fmnist.preprocessing.segmentation.handwriting import find_handwriting
from fmnist.preprocessing.steps import INK_STEPS, WRITING_STEPS


def draw(ink: Picture) -> Picture:
    """Take the steps from ink to 28×28; see ``Way.draw``."""
    for step in INK_STEPS:
        ink = step.apply(ink)
    return ink


WRITING = Way(
    find=find_handwriting,
    photo_steps=WRITING_STEPS,
    draw=draw,
    drawn="Centred",
    ground="plain paper",
    left_out="Of all that is written the largest was taken: one at a time is read.",
)
