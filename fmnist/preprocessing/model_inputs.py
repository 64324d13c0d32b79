"""What the models see of a picture."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from fmnist.preprocessing.picture import Picture

# The sharper look: pixels a side. At 32 a printed T-shirt is still a blur, at 64 a zip is a zip.
SHARP_SIDE = 64


@dataclass(frozen=True)
class Seen:
    """One picture in the forms that models take.

    Attributes:
        image: uint8 ``(28, 28)``, as the data set has it: 0 background, 255 garment.
        sharp: of a photo also uint8 ``(64, 64, 3)``, RGB: the garment in its colours on white.
    """

    image: Picture
    sharp: Picture | None = None

    def of_shape(self, shape: tuple[int, ...]) -> Picture | None:
        """Return the form of this shape; None if there is none."""
        forms = (self.image, self.sharp)
        return next((form for form in forms if form is not None and form.shape == shape), None)


def sharpened(garment: Picture) -> Picture:
    """Bring a garment that is cut out to the sharper form.

    Args:
        garment: uint8 ``(height, width, 4)``, whose alpha is the garment, without plain edges.

    Returns:
        uint8 ``(64, 64, 3)``, the longest edge at 64, on white and centred.
    """
    height, width = garment.shape[:2]
    scale = SHARP_SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = Image.fromarray(garment).resize(size, Image.Resampling.BOX)
    square = Image.new("RGB", (SHARP_SIDE, SHARP_SIDE), "white")
    place = (SHARP_SIDE - size[0]) // 2, (SHARP_SIDE - size[1]) // 2
    square.paste(small, place, small)
    return np.asarray(square)
