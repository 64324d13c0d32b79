"""Metrics: accuracy, loss, confusion, AUROC; of images, and of folders of pictures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.calibration import expected_calibration_error


@dataclass(frozen=True)
class Evaluation:
    """What ``n`` predictions are worth.

    Attributes:
        n: number of images.
        accuracy: share of images whose most probable class is the true one, 0–1.
        loss: mean categorical cross-entropy, in nats.
        expected_calibration_error: how far the predictions are from being as often right as
            they say, 0–1, 15 bins.
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
            f"Expected as many predictions as labels, at least one; "
            f"got {len(probabilities)} predictions and {len(labels)} labels."
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


@dataclass(frozen=True)
class FolderEvaluation:
    """What a model's predictions for folders of pictures are worth.

    Attributes:
        classes: for each folder the indices of the classes that are right; empty for none.
        confusion_matrix: int ``(num_folders, num_classes)``, rows folders, columns predicted.
        in_distribution: float ``(m,)``, OOD scores of the pictures that show one of the classes.
        ood: float ``(k,)``, those of the pictures that show none.
    """

    classes: tuple[frozenset[int], ...]
    confusion_matrix: NDArray[np.int64]
    in_distribution: NDArray[np.floating]
    ood: NDArray[np.floating]

    @property
    def n(self) -> NDArray[np.int64]:
        """Int ``(num_folders,)``, the number of predictions."""
        return self.confusion_matrix.sum(axis=1)

    @property
    def accuracy(self) -> NDArray[np.float64]:
        """Float ``(num_folders,)``, 0–1; NaN without a right class or without predictions."""
        return np.array(
            [
                row[list(right)].sum() / row.sum() if right and row.any() else math.nan
                for right, row in zip(self.classes, self.confusion_matrix, strict=True)
            ]
        )

    @property
    def balanced_accuracy(self) -> float:
        """The mean of the folders' accuracies, however many pictures each has; NaN without any."""
        accuracy = self.accuracy
        known = accuracy[~np.isnan(accuracy)]
        return float(known.mean()) if len(known) else math.nan

    @property
    def auroc(self) -> float:
        """How well the OOD score tells ``ood`` from the rest, 0–1; NaN without either."""
        return auroc(self.ood, self.in_distribution)


def evaluate_folders(
    classes: Sequence[frozenset[int]],
    probabilities: Sequence[NDArray[np.floating]],
    ood_scores: Sequence[NDArray[np.floating]],
) -> FolderEvaluation:
    """Score the predictions for folders of pictures.

    Args:
        classes: for each folder the indices of the classes that are right; empty for none.
        probabilities: for each folder float ``(n, num_classes)``; n may be 0.
        ood_scores: for each folder float ``(n,)``, how strange its pictures look.
    """
    num_classes = probabilities[0].shape[1]
    scores = np.concatenate(ood_scores)
    known = np.repeat([bool(right) for right in classes], [len(rows) for rows in probabilities])
    return FolderEvaluation(
        classes=tuple(classes),
        confusion_matrix=np.stack(
            [np.bincount(rows.argmax(axis=1), minlength=num_classes) for rows in probabilities]
        ),
        in_distribution=scores[known],
        ood=scores[~known],
    )


def or_none(figure: float) -> float | None:
    """Return the figure as JSON has it."""
    return None if math.isnan(figure) else float(figure)


def written(figure: float) -> str:
    """Return the figure in six characters."""
    return "     –" if math.isnan(figure) else f"{figure:.4f}"
