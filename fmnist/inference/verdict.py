"""What an answer is worth, in one word."""

from collections.abc import Sequence
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


def right_answers(
    labels: Sequence[int | None],
    probabilities: NDArray[np.floating],
    unfamiliarity: NDArray[np.floating],
    threshold: float | None,
) -> NDArray[np.bool_]:
    """Tell which answers a person would call right.

    Args:
        labels: for each of n images the index of its class; None if it shows none of them.
        probabilities: float ``(n, num_classes)``, those of the classes.
        unfamiliarity: float ``(n,)``.
        threshold: as in ``verdict``.

    Returns:
        bool ``(n,)``. "Unfamiliar" is right for an image of none of the classes, and for no other.
    """
    best = probabilities.argmax(axis=1)
    strange = unfamiliarity > (np.inf if threshold is None else threshold)
    wanted = np.array([-1 if label is None else label for label in labels], dtype=np.int64)
    return np.where(strange, -1, best) == wanted
