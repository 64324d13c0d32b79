"""One image under the course's augmentations: mirrored, turned, zoomed."""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


def augmented(
    image: Image, n: int, *, flip: bool, degrees: float, zoom: float, seed: int = 0
) -> NDArray[np.uint8]:
    """Return an image changed at random, n times.

    Args:
        image: uint8 ``(28, 28)``.
        n: how many are wanted.
        flip: whether every second one, by chance, is mirrored left to right.
        degrees: how far it is turned at most, either way.
        zoom: how much larger or smaller it becomes at most: 0.2 is from 0.8 to 1.2 times.
        seed: of the chance.

    Returns:
        uint8 ``(n, 28, 28)``; what comes in at the edges is background.
    """
    random, middle = np.random.default_rng(seed), (image.shape[0] - 1) / 2
    made = []
    # All numbers are drawn whatever is wanted, so that a slider changes its own part alone.
    for mirrored, turn, size in random.uniform(-1, 1, (n, 3)):
        source = image[:, ::-1] if flip and mirrored > 0 else image
        matrix = cv2.getRotationMatrix2D((middle, middle), degrees * turn, 1 + zoom * size)
        made.append(cv2.warpAffine(np.ascontiguousarray(source), matrix, image.shape[::-1]))
    return np.stack(made).astype(np.uint8)
