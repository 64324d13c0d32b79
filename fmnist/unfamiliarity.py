"""How little an image looks like anything a model has learnt."""

import numpy as np
from numpy.typing import NDArray


def unfamiliarity(probabilities: NDArray[np.floating]) -> NDArray[np.floating]:
    """Score how strange images look to a model: 1 minus the highest probability.

    The baseline of Hendrycks and Gimpel, "A Baseline for Detecting Misclassified and
    Out-of-Distribution Examples in Neural Networks", ICLR 2017.

    Args:
        probabilities: float ``(n, num_classes)``, rows that sum to 1.

    Returns:
        float ``(n,)``, larger is stranger, at most ``1 - 1 / num_classes``.
    """
    return 1 - probabilities.max(axis=1)
