"""Bring the longest edge of a digit to 20 pixels."""

import numpy as np
from PIL import Image

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.step import Step

BOX = 20


def shrink(picture: Picture) -> Picture:
    """Fit a picture into MNIST's box of 20×20, keeping its aspect, edges smoothed to gray.

    Source: LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist/

    Args:
        picture: uint8 ``(height, width)``, cropped.

    Returns:
        uint8 ``(h, w)`` with ``max(h, w) == 20``.
    """
    height, width = picture.shape
    scale = BOX / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))


SHRINK = Step("Longest edge to 20", shrink)
