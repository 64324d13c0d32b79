"""Which training images are held out to choose by."""

import numpy as np
from numpy.typing import NDArray


def hold_out(
    labels: NDArray[np.uint8], share: float, limit: int | None = None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Draw the images to choose by, the same share of every class.

    They are the same for every run on a data set, whatever its seed, so that runs compare.

    Args:
        labels: ``(n,)``, the class of each image.
        share: share of the images to hold out, 0 ≤ share < 1.
        limit: use only so many of the images; None for all.

    Returns:
        The indices of the images to train on and of those held out.
    """
    drawn = np.random.default_rng(0).permutation(len(labels))[:limit]
    held_out = np.zeros(len(drawn), dtype=bool)
    for label in np.unique(labels[drawn]):
        places = np.flatnonzero(labels[drawn] == label)
        held_out[places[: round(share * len(places))]] = True
    return drawn[~held_out], drawn[held_out]
