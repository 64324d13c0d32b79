"""Cut away the plain edges around the garment, or the ink."""

import numpy as np

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.step import Step

FUZZ = 0.05


def trim(picture: Picture) -> Picture:
    """Trim edges within 5 % of the corner colour (arXiv 1708.07747, section 2, step 2).

    In a picture with transparency the edges are what is more transparent than not, and around ink
    what is more black than white. Otherwise the corner colour is the median of the four corners, so
    that one of them may show something else. A picture that is one colour throughout is returned as
    it is.

    Args:
        picture: uint8 ``(height, width, 3)``, ``(height, width, 4)`` or, of ink,
            ``(height, width)``.

    Returns:
        uint8 of the same kind, the smallest part that holds all that differs.
    """
    if picture.ndim == 2:
        differs = picture > 127
    elif picture.shape[2] == 4:
        differs = picture[..., 3] > 127
    else:
        corners = picture[[0, 0, -1, -1], [0, -1, 0, -1]].astype(np.float32)
        distance = picture.astype(np.float32) - np.median(corners, axis=0)
        differs = (distance**2).mean(axis=-1) > (FUZZ * 255) ** 2
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return picture
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


TRIM = Step("Trim the edges", trim)
