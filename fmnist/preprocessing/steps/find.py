"""Cut the garment out of the photo."""

import numpy as np

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation.garment import find_garment
from fmnist.preprocessing.steps.step import Step


def find(picture: Picture) -> Picture:
    """Make all that is not the garment transparent; ``find_garment`` says how it is found.

    Args:
        picture: uint8 ``(height, width, 3)``, or ``(height, width, 4)``, which is returned as it
            is: its garment has been found already.

    Returns:
        uint8 ``(height, width, 4)``; alpha is 255 on the garment and 0 on its ground.
    """
    if picture.shape[2] == 4:
        return picture
    return np.dstack([picture, find_garment(picture).mask])


FIND = Step("Find the garment", find)
