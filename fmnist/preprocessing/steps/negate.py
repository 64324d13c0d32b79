"""Turn light to dark: the data set's ground is black."""

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.step import Step


def negate(picture: Picture) -> Picture:
    """Negate the intensities (arXiv 1708.07747, section 2, step 6): 0 becomes 255.

    Args:
        picture: uint8 of any shape.

    Returns:
        uint8 of the same shape.
    """
    return 255 - picture


NEGATE = Step("Negate", negate)
