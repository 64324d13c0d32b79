"""Which images of a split to look at, and in which order."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from fmnist.exploration.embedding import Points
from fmnist.exploration.regions import Region
from fmnist.inference.ood import UNSURE_BELOW

Outcome = Literal["Right", "Wrong", "Unsure"]
Order = Literal["As in the data set", "Most sure first", "Least sure first"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True)
class Selection:
    """A choice of images.

    Attributes:
        label: only images of this true class; None for all.
        outcome: only images that the model got right or wrong or is unsure of; None for all.
        order: how they are sorted.
        predicted: only images that the model takes for this class; None for all.
        region: only images that lie there on a map; None for all.
    """

    label: int | None = None
    outcome: Outcome | None = None
    order: Order = "As in the data set"
    predicted: int | None = None
    region: Region | None = None

    @property
    def needs_predictions(self) -> bool:
        """Whether every image must have been predicted to know the selection."""
        asked = self.outcome is not None or self.predicted is not None
        return asked or self.order != "As in the data set"

    def indices(
        self,
        labels: NDArray[np.uint8],
        probabilities: NDArray[np.floating] | None,
        points: Points | None = None,
    ) -> NDArray[np.intp]:
        """Return the indices of the images chosen, sorted.

        Args:
            labels: the true classes, ``(n,)``.
            probabilities: float ``(n, num_classes)``; may be None unless ``needs_predictions``.
            points: ``(n, 2)``, where they lie on the region's map; may be None without a region.
        """
        chosen = np.ones(len(labels), bool) if self.label is None else labels == self.label
        if self.region and points is not None:
            chosen = chosen & self.region.mask(points, labels)
        if probabilities is None:
            return np.flatnonzero(chosen)
        if self.outcome is not None:
            chosen = chosen & outcome_masks(labels, probabilities)[self.outcome]
        if self.predicted is not None:
            chosen = chosen & (probabilities.argmax(axis=1) == self.predicted)
        indices = np.flatnonzero(chosen)
        if self.order == "As in the data set":
            return indices
        confidence = probabilities[indices].max(axis=1)
        sign = -1 if self.order == "Most sure first" else 1
        return indices[np.argsort(sign * confidence, kind="stable")]


def outcome_masks(
    labels: NDArray[np.uint8], probabilities: NDArray[np.floating]
) -> dict[Outcome, NDArray[np.bool_]]:
    """Tell for each image whether it was predicted right, wrong, or without being sure."""
    right = probabilities.argmax(axis=1) == labels
    return {"Right": right, "Wrong": ~right, "Unsure": probabilities.max(axis=1) < UNSURE_BELOW}
