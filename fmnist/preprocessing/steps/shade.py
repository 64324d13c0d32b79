"""Keep white garments visible."""

import numpy as np

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.gray import gray
from fmnist.preprocessing.steps.step import Step

BRIGHTEST = 200


def shade(picture: Picture) -> Picture:
    """Darken a light garment until nine tenths of it are at most 200 of 255.

    The data set leaves white garments out, since on white ground they vanish; turned negative
    they would be black on black.

    Args:
        picture: uint8 ``(h, w, 4)``, whose alpha is the garment.

    Returns:
        uint8 ``(h, w, 4)``; the picture itself if the garment is dark enough.
    """
    light = gray(picture[..., :3])[picture[..., 3] > 127]
    if not light.size or (bright := float(np.percentile(light, 90))) <= BRIGHTEST:
        return picture
    colours = np.rint(picture[..., :3] * (BRIGHTEST / bright)).astype(np.uint8)
    return np.dstack([colours, picture[..., 3]])


SHADE = Step("Shade what is white", shade)
