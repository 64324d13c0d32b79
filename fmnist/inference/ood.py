"""How little an image looks like anything a model has learnt."""

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.calibration import temper


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


def answers_of(
    outputs: NDArray[np.float32], num_classes: int, temperature: float = 1.0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Take a model's outputs apart into what an image shows and how strange it looks.

    A model that was shown other things too has one output more than there are classes: the
    probability of none of them, which is the unfamiliarity (Hendrycks et al., "Deep Anomaly
    Detection with Outlier Exposure", ICLR 2019, with a class for the outliers). Otherwise it is
    ``unfamiliarity``.

    Args:
        outputs: float32 ``(n, num_classes)`` or ``(n, num_classes + 1)``, rows that sum to 1.
        num_classes: how many classes there are.
        temperature: what the probabilities are tempered by, see ``fmnist.inference.calibration.temper``.

    Returns:
        float32 ``(n, num_classes)``, the probabilities of the classes, rows that sum to 1; and
        float32 ``(n,)``, the unfamiliarity, 0–1, which the temperature leaves as it is.
    """
    if outputs.shape[1] > num_classes:
        strangeness = outputs[:, num_classes]
    else:
        strangeness = unfamiliarity(outputs)
    return temper(outputs[:, :num_classes], temperature), strangeness.astype(np.float32)
