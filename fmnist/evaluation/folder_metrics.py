"""How good a model's answers are on what people bring, sorted into folders by what it shows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.evaluation.metrics import auroc


@dataclass(frozen=True)
class FolderEvaluation:
    """What a model's answers are worth.

    Attributes:
        classes: for each folder the indices of the classes that are right; empty for none.
        confusion_matrix: int ``(num_folders, num_classes)``, rows folders, columns predicted.
        familiar: float ``(m,)``, the unfamiliarity of the pictures that show one of the classes.
        strange: float ``(k,)``, the unfamiliarity of those that show none.
    """

    classes: tuple[frozenset[int], ...]
    confusion_matrix: NDArray[np.int64]
    familiar: NDArray[np.floating]
    strange: NDArray[np.floating]

    @property
    def n(self) -> NDArray[np.int64]:
        """Int ``(num_folders,)``, the number of answers."""
        return self.confusion_matrix.sum(axis=1)

    @property
    def accuracy(self) -> NDArray[np.float64]:
        """Float ``(num_folders,)``, 0–1; NaN without a right class or without answers."""
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
        """How well the unfamiliarity tells ``strange`` from ``familiar``, 0–1; NaN without one."""
        return auroc(self.strange, self.familiar)


def evaluate_folders(
    classes: Sequence[frozenset[int]],
    answers: Sequence[NDArray[np.floating]],
    unfamiliarity: Sequence[NDArray[np.floating]],
) -> FolderEvaluation:
    """Score the answers to folders of pictures.

    Args:
        classes: for each folder the indices of the classes that are right; empty for none.
        answers: for each folder probabilities, float ``(n, num_classes)``; n may be 0.
        unfamiliarity: for each folder float ``(n,)``, how strange its pictures look.
    """
    num_classes = answers[0].shape[1]
    strangeness = np.concatenate(unfamiliarity)
    familiar = np.repeat([bool(right) for right in classes], [len(a) for a in answers])
    return FolderEvaluation(
        classes=tuple(classes),
        confusion_matrix=np.stack(
            [np.bincount(a.argmax(axis=1), minlength=num_classes) for a in answers]
        ),
        familiar=strangeness[familiar],
        strange=strangeness[~familiar],
    )
