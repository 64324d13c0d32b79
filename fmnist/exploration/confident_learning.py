"""Confident learning: labels that a network which has not learnt from them contradicts.

A class's threshold is the mean probability that images of its label get for it. Where an image
reaches the threshold of another class than its label's, and that class is the likeliest, its label
is doubtful. That is not to say wrong: networks err, and some garments are two things.

Source: Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels",
Journal of Artificial Intelligence Research 2021. As cleanlab's ``find_label_issues`` with
``filter_by="confident_learning"`` does it, ranked by normalised margin.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Probabilities that differ by less are the same.
_EQUAL = 1e-6


class LabelIssues(NamedTuple):
    """Doubtful labels, the most doubtful first.

    Attributes:
        images: int32 ``(n,)``, the numbers of the images.
        given: uint8 ``(n,)``, their labels.
        suggested: uint8 ``(n,)``, the class that the network finds likeliest.
        probabilities: float32 ``(n, 2)``, of the class given and of the one suggested.
    """

    images: NDArray[np.int32]
    given: NDArray[np.uint8]
    suggested: NDArray[np.uint8]
    probabilities: NDArray[np.float32]

    def chosen(self, given: int | None = None, suggested: int | None = None) -> "LabelIssues":
        """Return those of a class given and of one suggested; None for any."""
        mask = np.ones(len(self.images), bool)
        if given is not None:
            mask &= self.given == given
        if suggested is not None:
            mask &= self.suggested == suggested
        return self.at(mask)

    def at(self, places: slice | NDArray[np.bool_]) -> "LabelIssues":
        """Return those at some places of the ranking."""
        return LabelIssues(
            self.images[places],
            self.given[places],
            self.suggested[places],
            self.probabilities[places],
        )


def find_label_issues(
    labels: NDArray[np.uint8], probabilities: NDArray[np.floating]
) -> LabelIssues:
    """Find the labels that are doubtful.

    Args:
        labels: ``(n,)``, as given.
        probabilities: ``(n, num_classes)``, out of sample: by networks that have not learnt from
            the image in question.
    """
    rows = np.arange(len(labels))
    # (num_classes,); a class of which there is no image is never suggested.
    thresholds = np.array(
        [
            probabilities[labels == label, label].mean(dtype=np.float64)
            if (labels == label).any()
            else np.inf
            for label in range(probabilities.shape[1])
        ]
    )
    confident = probabilities >= thresholds - _EQUAL
    # Of several classes that an image reaches, the likeliest is meant; of one, that one.
    several = confident.sum(axis=1) > 1
    meant = np.where(several, probabilities.argmax(axis=1), confident.argmax(axis=1))
    given = probabilities[rows, labels]
    favoured = probabilities.astype(np.float64)
    favoured[rows, labels] += _EQUAL  # a tie speaks for the label
    suggested = favoured.argmax(axis=1)
    (doubtful,) = np.nonzero(confident.any(axis=1) & (meant != labels) & (suggested != labels))
    margin = given[doubtful] - probabilities[doubtful, suggested[doubtful]]
    found = doubtful[np.argsort(margin, kind="stable")]
    return LabelIssues(
        found.astype(np.int32),
        labels[found].astype(np.uint8),
        suggested[found].astype(np.uint8),
        np.stack([given[found], probabilities[found, suggested[found]]], axis=1).astype(np.float32),
    )
