"""Bring back the crispness that scaling down took."""

import numpy as np
from PIL import Image, ImageFilter

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.step import Step

SIGMA = 1.0


def sharpen(picture: Picture) -> Picture:
    """Sharpen with a Gaussian of radius and sd 1.0 (arXiv 1708.07747, section 2, step 4).

    The kernel is the one of ImageMagick's ``-sharpen 1x1``, with which the data set was made:
    3×3, minus a Gaussian around a centre of twice the Gaussian's sum, divided by its own sum.

    Args:
        picture: uint8 ``(h, w, 3)`` or ``(h, w)``.

    Returns:
        uint8 of the same shape.
    """
    offsets = np.arange(-1, 2)
    gaussian = np.exp(-(offsets[:, None] ** 2 + offsets**2) / (2 * SIGMA**2))
    kernel = -gaussian
    kernel[1, 1] = 2 * gaussian.sum()
    weights = (kernel / kernel.sum()).ravel().tolist()
    # Pillow leaves the outermost pixels as they are, so they get a neighbour first.
    edged = np.pad(picture, [(1, 1), (1, 1), (0, 0)][: picture.ndim], mode="edge")
    filtered = Image.fromarray(edged).filter(ImageFilter.Kernel((3, 3), weights))
    return np.asarray(filtered)[1:-1, 1:-1]


SHARPEN = Step("Sharpen", sharpen)
