"""An image of the data set as the photo that it was made from."""

import cv2
import numpy as np

from fmnist.preprocessing.model_inputs import PHOTO_SIDE
from fmnist.preprocessing.picture import Picture

# Pixels of a photo for each of an image: some ground stays around a garment, as in a shop's photos.
_SCALE = 5


def as_photo(image: Picture) -> Picture:
    """Make it dark on white again, and as large as a photo; its details stay lost.

    The data set's images were negated at last (Xiao et al., arXiv 1708.07747, section 2).

    Args:
        image: uint8 ``(28, 28)``, 0 background.

    Returns:
        uint8 ``(192, 192, 3)``, RGB, gray on white.
    """
    side = _SCALE * len(image)
    garment = cv2.resize(255 - image, (side, side), interpolation=cv2.INTER_CUBIC)
    photo = np.full((PHOTO_SIDE, PHOTO_SIDE, 3), 255, np.uint8)
    start = (PHOTO_SIDE - side) // 2
    photo[start : start + side, start : start + side] = garment[..., None]
    return photo
