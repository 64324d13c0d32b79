"""Out of distribution: how little a picture looks like anything that a model has learnt."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.calibration import temper

Verdict = Literal["confident", "unsure", "unfamiliar"]

# A prediction less probable than this is unsure, whether it is right or wrong.
UNSURE_BELOW = 0.6

# At most 5 % of the data set's images may be called unfamiliar; this is a little within, as the
# held-out images tell a share to some tenths of a percent only.
_FAMILIAR = 0.955
# But what people draw and photograph looks less like the data set than its own images do, and is no
# less one of the ten: nothing is unfamiliar that is more probably one of them than none.
LEAST_THRESHOLD = 0.5


def max_probability_score(probabilities: NDArray[np.floating]) -> NDArray[np.floating]:
    """Score how strange images look to a model: 1 minus the highest probability.

    The baseline of Hendrycks and Gimpel, "A Baseline for Detecting Misclassified and
    Out-of-Distribution Examples in Neural Networks", ICLR 2017.

    Args:
        probabilities: float ``(n, num_classes)``, rows that sum to 1.

    Returns:
        float ``(n,)``, larger is more likely out of distribution, at most ``1 - 1 / num_classes``.
    """
    return 1 - probabilities.max(axis=1)


def split_outputs(
    outputs: NDArray[np.float32], num_classes: int, temperature: float = 1.0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Split a model's outputs into what images show and how strange they look.

    A model that was shown other things too has one output more than there are classes: the
    probability of none of them, which is the OOD score (Hendrycks et al., "Deep Anomaly
    Detection with Outlier Exposure", ICLR 2019, with a class for the outliers). Otherwise it is
    the ``max_probability_score``.

    Args:
        outputs: float32 ``(n, num_classes)`` or ``(n, num_classes + 1)``, rows that sum to 1.
        num_classes: how many classes there are.
        temperature: what the probabilities are tempered by, see ``calibration.temper``.

    Returns:
        float32 ``(n, num_classes)``, the probabilities of the classes, rows that sum to 1; and
        float32 ``(n,)``, the OOD score, 0–1, which the temperature leaves as it is.
    """
    if outputs.shape[1] > num_classes:
        scores = outputs[:, num_classes]
    else:
        scores = max_probability_score(outputs)
    return temper(outputs[:, :num_classes], temperature), scores.astype(np.float32)


def fit_threshold(scores: NDArray[np.floating]) -> float:
    """Choose the OOD score above which an image counts as none of the classes.

    Args:
        scores: float ``(n,)``, of held-out images of the classes; at least one.

    Returns:
        The threshold, 0–1, which leaves 95.5 % of them below, and is never under 0.5.
    """
    return max(float(np.quantile(scores, _FAMILIAR)), LEAST_THRESHOLD)


def verdict(
    probabilities: NDArray[np.floating], ood_score: float, threshold: float | None
) -> Verdict:
    """Say in a word what the prediction for one image is worth.

    Args:
        probabilities: float ``(num_classes,)``, those of the classes.
        ood_score: how strange the image looks to the model, 0–1.
        threshold: what scores higher is unfamiliar, see ``Card.ood_threshold``; None if the model
            cannot tell.

    Returns:
        "unfamiliar" if the image shows none of the classes, else "unsure" if no class is
        probable enough, else "confident".
    """
    if threshold is not None and ood_score > threshold:
        return "unfamiliar"
    return "unsure" if probabilities.max() < UNSURE_BELOW else "confident"


def correct(
    labels: Sequence[int | None],
    probabilities: NDArray[np.floating],
    ood_scores: NDArray[np.floating],
    threshold: float | None,
) -> NDArray[np.bool_]:
    """Tell which predictions a person would call right.

    Args:
        labels: for each of n images the index of its class; None if it shows none of them.
        probabilities: float ``(n, num_classes)``, those of the classes.
        ood_scores: float ``(n,)``.
        threshold: as in ``verdict``.

    Returns:
        bool ``(n,)``. "Unfamiliar" is right for an image of none of the classes, and for no other.
    """
    best = probabilities.argmax(axis=1)
    unfamiliar = ood_scores > (np.inf if threshold is None else threshold)
    wanted = np.array([-1 if label is None else label for label in labels], dtype=np.int64)
    return np.where(unfamiliar, -1, best) == wanted
