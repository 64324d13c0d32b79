"""What real life does to an image: askew, nearer or further, too dark, blurred, half hidden."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation import flip

Images = NDArray[np.uint8]

_CENTRE = np.array([13.5, 13.5])


def distort(images: Images, random: np.random.Generator, strength: float = 1.0) -> Images:
    """Flip every second image, and turn, shear, stretch, move, relight, blur and hide parts.

    Args:
        images: uint8 ``(n, 28, 28)``.
        random: decides what happens to each.
        strength: of the geometric changes; below a half nothing but these is done.
    """
    out = np.empty_like(images)
    for place, image in enumerate(flip(images, random)):
        moved = _moved(image, random, strength)
        out[place] = _spoilt(moved, random) if strength > 0.5 else moved
    return out


def _moved(image: Images, random: np.random.Generator, strength: float) -> Images:
    angle, shear = random.normal(0, 0.12 * strength), random.normal(0, 0.08 * strength)
    zoom, stretch = random.uniform(-0.14, 0.1) * strength, random.normal(0, 0.08 * strength)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = (
        turn @ np.array([[1, shear], [0, 1]]) @ np.diag(np.exp([zoom + stretch, zoom - stretch]))
    )
    shift = random.normal(0, 1.0 * strength, 2)
    affine = np.column_stack([matrix, _CENTRE + shift - matrix @ _CENTRE])
    return np.asarray(cv2.warpAffine(image, affine, (28, 28)), dtype=np.uint8)


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
