"""Make a garment that lies flat as wide as it is when worn."""

import numpy as np
from PIL import Image

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.step import Step

# Cloth of width w lying flat goes round a cylinder of diameter 2w/π = 0.64 w, and a body is
# broader than deep.
WORN = 0.75
# Sleeves spread out on the floor hang down when worn: hardly a garment is wider than this part
# of its height.
WIDEST = 0.8
# Clothes lie symmetrically, a shoe from the side does not, and it has its true width already.
ALIKE = 0.7


def narrow(picture: Picture) -> Picture:
    """Narrow clothes that lie flat to the shape they have on the shop's mannequin.

    The data set shows clothes worn by a mannequin that was then taken out of the picture; people
    photograph them lying or hanging flat.

    Args:
        picture: uint8 ``(height, width, 4)``, trimmed, whose alpha is the garment.

    Returns:
        uint8 ``(height, w, 4)``; the picture itself if its left and right differ.
    """
    height, width = picture.shape[:2]
    outline = picture[..., 3] > 127
    common, either = outline & outline[:, ::-1], outline | outline[:, ::-1]
    if common.sum() < ALIKE * either.sum():
        return picture
    worn = max(1, min(round(WORN * width), round(WIDEST * height)))
    return np.asarray(Image.fromarray(picture).resize((worn, height), Image.Resampling.BOX))


NARROW = Step("As wide as worn", narrow)
