"""Augmentations: changes to training images that leave what they show as it is.

An augmentation takes uint8 ``(n, 28, 28)`` and a random generator and returns new images of the
same shape and type. Plain numpy, so that it works with whatever backend Keras runs on. To add one:
write its file and add its line to ``AUGMENTATIONS``.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation.erasing import erase
from fmnist.training.augmentation.geometric import flip, flip_and_warp, shift

Images = NDArray[np.uint8]
Augmentation = Callable[[Images, np.random.Generator], Images]


def one_after_another(*augmentations: Augmentation) -> Augmentation:
    """Return the augmentation that does these, in this order; of none, the images as they are."""

    def augment(images: Images, random: np.random.Generator) -> Images:
        for augmentation in augmentations:
            images = augmentation(images, random)
        return images

    return augment


# The name people choose.
AUGMENTATIONS: dict[str, Augmentation] = {
    "none": one_after_another(),
    "flip": flip,
    "shift": shift,
    "flip-and-shift": one_after_another(flip, shift),
    "flip-and-warp": flip_and_warp,
    "erase": erase,
    "flip-and-erase": one_after_another(flip, erase),
}
