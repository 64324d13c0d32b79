"""What real life does to a garment in its colours."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation.warp import Warp

Images = NDArray[np.uint8]

_WARP = Warp(angle=0.15, shear=0.1, stretch=0.1, zoom=(-0.2, 0.15), shift=2.5, background=255)


def distort(images: Images, random: np.random.Generator) -> Images:
    """Flip every second image, and turn, shear, stretch, move, recolour, blur and hide parts.

    Args:
        images: uint8 ``(n, side, side, 3)``, a garment on white.
        random: decides what happens to each.
    """
    out = np.empty_like(images)
    for place, image in enumerate(images):
        seen = image[:, ::-1] if random.random() < 0.5 else image
        out[place] = _hidden(_recoloured(_WARP(seen, random), random), random)
    return out


def _recoloured(image: Images, random: np.random.Generator) -> Images:
    """Change the colours, of which a few thousand photos have too few to learn from."""
    chances = random.random(4)
    colours = image.astype(np.float32) * random.uniform(0.7, 1.15) + random.normal(0, 12, 3)
    if chances[0] < 0.3:
        colours = colours[..., random.permutation(3)]
    if chances[1] < 0.2:
        colours = np.repeat(colours.mean(axis=-1, keepdims=True), 3, axis=-1)
    if chances[2] < 0.1:
        colours = 255 - colours
    if chances[3] < 0.15:
        colours = np.asarray(cv2.GaussianBlur(colours, (0, 0), random.uniform(0.5, 1.5)))
    return np.clip(np.rint(colours), 0, 255).astype(np.uint8)


def _hidden(image: Images, random: np.random.Generator) -> Images:
    if random.random() < 0.4:
        side = image.shape[0]
        high, wide = random.integers(side // 8, side // 3, 2)
        top, left = random.integers(0, side - high), random.integers(0, side - wide)
        image[top : top + high, left : left + wide] = random.integers(0, 256, 3)
    return image
