"""Drop the colour."""

import numpy as np
from PIL import Image

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.step import Step


def gray(picture: Picture) -> Picture:
    """Convert to 8-bit gray (arXiv 1708.07747, section 2, step 7), by ITU-R 601 luma.

    Args:
        picture: uint8 ``(h, w, 3)``, RGB.

    Returns:
        uint8 ``(h, w)``.
    """
    return np.asarray(Image.fromarray(picture).convert("L"))


GRAY = Step("Gray", gray)
