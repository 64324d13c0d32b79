"""What an answer is worth, in one word."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Verdict = Literal["confident", "unsure", "unfamiliar"]

# An answer less probable than this is unsure, whether it is right or wrong.
UNSURE_BELOW = 0.6


def verdict(
    probabilities: NDArray[np.floating], unfamiliarity: float, threshold: float | None
) -> Verdict:
    """Judge the answer to one image.

    Args:
        probabilities: float ``(num_classes,)``, those of the classes.
        unfamiliarity: how strange the image looks to the model.
        threshold: what is stranger than this is unfamiliar, see ``Card.unfamiliar_above``; None
            if the model cannot tell.

    Returns:
        "unfamiliar" if the image shows none of the classes, else "unsure" if no class is
        probable enough, else "confident".
    """
    if threshold is not None and unfamiliarity > threshold:
        return "unfamiliar"
    return "unsure" if probabilities.max() < UNSURE_BELOW else "confident"
