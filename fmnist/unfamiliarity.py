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
        temperature: probabilities are taken to the power of ``1 / temperature``, as if the logits
            were divided by it (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017).

    Returns:
        float32 ``(n, num_classes)``, the probabilities of the classes, rows that sum to 1; and
        float32 ``(n,)``, the unfamiliarity, 0–1, which the temperature leaves as it is.
    """
    # An output may be 0 in float32, and all of the classes' may be.
    powers = np.maximum(outputs[:, :num_classes], 1e-30).astype(np.float64) ** (1 / temperature)
    if outputs.shape[1] > num_classes:
        strangeness = outputs[:, num_classes]
    else:
        strangeness = unfamiliarity(outputs)
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    return probabilities.astype(np.float32), strangeness.astype(np.float32)
