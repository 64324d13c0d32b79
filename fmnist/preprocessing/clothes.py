"""The way of clothes: what is found is filled and fills the image, as in Fashion-MNIST."""

from fmnist.preprocessing.outline import fill_outline
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.pipelines import Way
from fmnist.preprocessing.segmentation.garment import find_garment
from fmnist.preprocessing.steps import PHOTO_STEPS
from fmnist.preprocessing.steps.extend import extend
from fmnist.preprocessing.steps.resize import resize


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
