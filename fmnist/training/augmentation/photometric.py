"""What light, a camera and a mask that is wrong do to an image."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation.geometric import Warp, flip

Images = NDArray[np.uint8]

_WARP = Warp(angle=0.12, shear=0.08, stretch=0.08, zoom=(-0.14, 0.1), shift=1)


def distort(images: Images, random: np.random.Generator) -> Images:
    """Flip every second image, and turn, shear, stretch, move, relight, blur and hide parts.

    Args:
        images: uint8 ``(n, 28, 28)``.
        random: decides what happens to each.
    """
    out = np.empty_like(images)
    for place, image in enumerate(flip(images, random)):
        out[place] = _spoilt(_WARP(image, random), random)
    return out


def _spoilt(image: Images, random: np.random.Generator) -> Images:
    chances = random.random(4)
    if chances[0] < 0.6:
        scale = np.linspace(0, 1, 256) ** np.exp(random.normal(0, 0.35)) * random.uniform(0.7, 1)
        image = np.rint(scale * 255).astype(np.uint8)[image]
    if chances[1] < 0.12:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), random.uniform(0.4, 1)), dtype=np.uint8)
    if chances[2] < 0.2:  # a shadow falls across
        along = np.linspace(0, random.uniform(0.2, 0.5), 28)
        shadow = 1 - (along if random.random() < 0.5 else along[:, None])
        image = (image * shadow).astype(np.uint8)
    if chances[3] < 0.25:  # the mask has lost a piece
        high, wide = random.integers(3, 10, 2)
        top, left = random.integers(0, 28 - high), random.integers(0, 28 - wide)
        image = image.copy()
        image[top : top + high, left : left + wide] = 0
    return image
