"""How good a model's answers are."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.calibration import expected_calibration_error


@dataclass(frozen=True)
class Evaluation:
    """What ``n`` answers are worth.

    Attributes:
        n: number of images.
        accuracy: share of images whose most probable class is the true one, 0–1.
        loss: mean categorical cross-entropy, in nats.
        expected_calibration_error: how far the answers are from being as often right as they
            say, 0–1, 15 bins.
        per_class_accuracy: float ``(num_classes,)``, the accuracy on the images of each class;
            NaN for a class without images.
        confusion_matrix: int ``(num_classes, num_classes)``, rows true, columns predicted.
    """

    n: int
    accuracy: float
    loss: float
    expected_calibration_error: float
    per_class_accuracy: NDArray[np.float64]
    confusion_matrix: NDArray[np.int64]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them; None for a class without images."""
        per_class = self.per_class_accuracy.tolist()
        return {
            "n": self.n,
            "accuracy": self.accuracy,
            "loss": self.loss,
            "expected_calibration_error": self.expected_calibration_error,
            "per_class_accuracy": [None if math.isnan(x) else x for x in per_class],
            "confusion_matrix": self.confusion_matrix.tolist(),
        }


def evaluate(probabilities: NDArray[np.floating], labels: NDArray[np.integer]) -> Evaluation:
    """Score probabilities against the true labels.

    Args:
        probabilities: float ``(n, num_classes)``, rows that sum to 1.
        labels: integers ``(n,)`` in ``0 … num_classes - 1``.

    Raises:
        ValueError: if the lengths differ or there is nothing to score.
    """
    if len(probabilities) != len(labels) or not len(labels):
        raise ValueError(
            f"Expected as many answers as labels, at least one; "
            f"got {len(probabilities)} answers and {len(labels)} labels."
        )
    n, num_classes = probabilities.shape
    confusion = confusion_matrix(labels, probabilities.argmax(axis=1), num_classes)
    of_the_true = probabilities[np.arange(n), labels].astype(np.float64)
    with np.errstate(invalid="ignore"):  # 0 / 0 for a class without images is NaN, as promised
        per_class = np.diag(confusion) / confusion.sum(axis=1)
    return Evaluation(
        n=n,
        accuracy=float(np.trace(confusion) / n),
        # Keras clips at the same 1e-7, so that a certain mistake does not cost infinity.
        loss=float(-np.log(of_the_true.clip(1e-7, 1)).mean()),
        expected_calibration_error=expected_calibration_error(probabilities, labels),
        per_class_accuracy=per_class,
        confusion_matrix=confusion,
    )


def confusion_matrix(
    labels: NDArray[np.integer], predictions: NDArray[np.integer], num_classes: int
) -> NDArray[np.int64]:
    """Count the pairs: int ``(num_classes, num_classes)``, rows true, columns predicted."""
    pairs = labels.astype(np.int64) * num_classes + predictions
    return np.bincount(pairs, minlength=num_classes**2).reshape(num_classes, num_classes)


def auroc(positives: NDArray[np.floating], negatives: NDArray[np.floating]) -> float:
    """Measure the area under the receiver operating characteristic.

    It is the chance that a random positive scores higher than a random negative, a tie counted
    half: 1 when scores tell them apart, 0.5 when they tell nothing (Hanley and McNeil, 1982).

    Args:
        positives: scores ``(n,)`` that should be high.
        negatives: scores ``(m,)`` that should be low.

    Returns:
        0–1; NaN if either is empty.
    """
    if not len(positives) or not len(negatives):
        return math.nan
    ordered = np.sort(negatives)
    below = np.searchsorted(ordered, positives, side="left")
    not_above = np.searchsorted(ordered, positives, side="right")
    return float((below + not_above).mean() / (2 * len(ordered)))
