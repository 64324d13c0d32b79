"""The way of clothes: what is found is filled and fills the image, as in Fashion-MNIST."""

from fmnist.inputs.garment import find_garment
from fmnist.inputs.outline import fill_outline
from fmnist.inputs.picture import Picture
from fmnist.inputs.steps import PHOTO_STEPS
from fmnist.inputs.steps.extend import extend
from fmnist.inputs.steps.resize import resize
from fmnist.inputs.ways.way import Way


def draw(ink: Picture) -> Picture:
    """Fill a drawing's outline, scale its longest edge to 28 and centre it; see ``Way.draw``."""
    return extend(resize(fill_outline(ink)), fill=0)


CLOTHES = Way(
    find=find_garment,
    photo_steps=PHOTO_STEPS,
    draw=draw,
    drawn="Filled",
    ground="a plain ground",
    left_out="Of several things the largest was taken; a pair of shoes counts as one.",
)
