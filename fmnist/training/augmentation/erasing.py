"""Random erasing: a rectangle of an image becomes noise.

Source: Zhong et al., "Random Erasing Data Augmentation", AAAI 2020.
"""

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]

# How often, how much of the image, and how far from square.
ERASED, AREA, ASPECT = 0.5, (0.02, 0.33), (0.3, 3.3)


def erase(images: Images, random: np.random.Generator) -> Images:
    """Fill a rectangle of every second image with noise, so that no one part decides."""
    n, height, width = images.shape
    area = random.uniform(*AREA, n) * height * width
    aspect = np.exp(random.uniform(np.log(ASPECT[0]), np.log(ASPECT[1]), n))
    high = np.clip(np.rint(np.sqrt(area * aspect)), 1, height).astype(int)
    wide = np.clip(np.rint(np.sqrt(area / aspect)), 1, width).astype(int)
    top = random.integers(0, height - high + 1)
    left = random.integers(0, width - wide + 1)
    erased = images.copy()
    for i in np.flatnonzero(random.random(n) < ERASED):
        place = (i, slice(top[i], top[i] + high[i]), slice(left[i], left[i] + wide[i]))
        erased[place] = random.integers(0, 256, (high[i], wide[i]))
    return erased
