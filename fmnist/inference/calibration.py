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
    """Find what tempers probabilities best: by the loss on held-out images, and not surer than due.

    The loss is −log of what the right classes of an image have together. Of the temperatures whose
    mean loss is within one standard error of the least, the highest is taken: held-out images come
    from those trained on, and are easier than what a model will meet.

    Sources: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017; for the rule of one
    standard error Hastie et al., "The Elements of Statistical Learning", 2009, section 7.10.

    Args:
        probabilities: float ``(n, num_classes)``, rows that sum to 1, of images not trained on.
        right: ``(n, num_classes)``, 1 or true for each class that is right, at least one a row.

    Returns:
        The temperature, 0.25–4 in steps of one part in a hundred.
    """
    logs = np.log(np.maximum(probabilities, 1e-30).astype(np.float64))

    def losses(temperature: float) -> NDArray[np.float64]:
        logits = logs / temperature
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        of_the_right = np.maximum((powers * right).sum(axis=1), 1e-300)
        return np.asarray(np.log(powers.sum(axis=1)) - np.log(of_the_right))

    temperatures = np.geomspace(0.25, 4, 279)
    each = np.array([losses(float(temperature)) for temperature in temperatures])
    best = int(each.mean(axis=1).argmin())
    # Of the differences, as it is the same images that are asked about.
    more = each[best:] - each[best]
    within = more.mean(axis=1) <= more.std(axis=1) / np.sqrt(len(logs))
    return round(float(temperatures[best + np.flatnonzero(within).max()]), 4)


def geometric_mean(
    first: NDArray[np.floating], second: NDArray[np.floating], weights: tuple[float, float]
) -> NDArray[np.float32]:
    """Weigh the probabilities of two models: the product of their powers, scaled to sum to 1.

    Args:
        first: float ``(n, num_outputs)``, rows that sum to 1.
        second: likewise.
        weights: the powers; their sum is the inverse of a temperature.

    Returns:
        float32 ``(n, num_outputs)``, rows that sum to 1.
    """
    logs = np.log(np.maximum([first, second], 1e-30, dtype=np.float64))
    mean = np.tensordot(weights, logs, 1)
    mean = np.exp(mean - mean.max(axis=1, keepdims=True))
    return (mean / mean.sum(axis=1, keepdims=True)).astype(np.float32)


def fit_weights(
    first: NDArray[np.floating],
    second: NDArray[np.floating],
    right: NDArray[np.generic],
    groups: NDArray[np.generic],
) -> tuple[float, float]:
    """Find the weights of the ``geometric_mean`` of two models that give the least loss.

    The loss is −log of what the right outputs of a picture have together; the mean is taken over
    the groups, each counting the same.

    Args:
        first: float ``(n, num_outputs)``, of pictures that neither was trained on.
        second: likewise.
        right: ``(n, num_outputs)``, 1 or true for each output that is right, at least one a row.
        groups: ``(n,)``, where each picture is from.

    Returns:
        Both weights, 0–2 in steps of 0.05.
    """
    everyone, those = np.unique(groups), right.astype(bool)

    def loss(weights: tuple[float, float]) -> float:
        of_the_right = geometric_mean(first, second, weights).sum(axis=1, where=those)
        losses = -np.log(np.maximum(of_the_right, 1e-30))
        return float(np.mean([losses[groups == group].mean() for group in everyone]))

    steps = np.round(np.arange(0, 2.01, 0.05), 2).tolist()
    return min(((one, other) for one in steps for other in steps), key=loss)
