"""Calibration: whether predictions are as often right as they say, and a temperature."""

import numpy as np
from numpy.typing import NDArray


def expected_calibration_error(
    probabilities: NDArray[np.floating], labels: NDArray[np.integer], bins: int = 15
) -> float:
    """Return how far the highest probabilities are from the share of right ones, 0–1.

    Predictions are put into ``bins`` of equal width by their highest probability; of each bin, the
    mean probability and the accuracy differ by something, and the mean over all predictions is
    taken (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 2).

    Args:
        probabilities: float ``(n, num_classes)``, rows that sum to 1.
        labels: integers ``(n,)``.
        bins: how many.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(places, confidence - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(labels))


def temper(probabilities: NDArray[np.floating], temperature: float) -> NDArray[np.float32]:
    """Make predictions less certain, or more: as if their logits were divided by a temperature.

    Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 4.2.

    Args:
        probabilities: float ``(n, num_classes)``; rows need not sum to 1.
        temperature: above 0; 1 leaves them as they are.

    Returns:
        float32 ``(n, num_classes)``, rows that sum to 1, each in the same order as before.
    """
    # A probability may be 0 in float32, and all of a row may be.
    powers = np.maximum(probabilities, 1e-30).astype(np.float64) ** (1 / temperature)
    return (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


def fit_temperature(probabilities: NDArray[np.floating], right: NDArray[np.generic]) -> float:
    """Find what tempers probabilities best: that gives the least loss on held-out images.

    The loss is −log of what the right classes of an image have together.

    Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.

    Args:
        probabilities: float ``(n, num_classes)``, rows that sum to 1, of images not trained on.
        right: ``(n, num_classes)``, 1 or true for each class that is right, at least one a row.

    Returns:
        The temperature, 0.25–4 in steps of one part in a hundred.
    """
    logs = np.log(np.maximum(probabilities, 1e-30).astype(np.float64))

    def loss(temperature: float) -> float:
        logits = logs / temperature
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        of_the_right = np.maximum((powers * right).sum(axis=1), 1e-300)
        return float((np.log(powers.sum(axis=1)) - np.log(of_the_right)).mean())

    temperatures = np.geomspace(0.25, 4, 279)
    losses = [loss(float(temperature)) for temperature in temperatures]
    return round(float(temperatures[np.argmin(losses)]), 4)
