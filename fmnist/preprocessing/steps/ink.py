"""Keep the ink of a photo, and nothing of what it was written with or on."""

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation.handwriting import find_handwriting
from fmnist.preprocessing.steps.step import Step


def ink(picture: Picture) -> Picture:
    """Make ink white and its ground black; ``find_handwriting`` says how it is found.

    Args:
        picture: uint8 ``(height, width, 3)``, or ``(height, width, 4)``, whose alpha is the ink
            that has been found already.

    Returns:
        uint8 ``(height, width)``, 255 on the ink and 0 on its ground.
    """
    return picture[..., 3] if picture.shape[2] == 4 else find_handwriting(picture).mask


INK = Step("Find the ink", ink)
