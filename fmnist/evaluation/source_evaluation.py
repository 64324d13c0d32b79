"""Evaluation of predictions for labelled photos, source by source: no figure hides another."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from fmnist.evaluation.metrics import auroc, confusion_matrix
from fmnist.evaluation.significance import Share, mean_share
from fmnist.inference.ensemble import Prediction
from fmnist.labelled_photos import LabelledPhoto

Mask = NDArray[np.bool_]  # (n,), which of the photos


@dataclass(frozen=True)
class SourceEvaluation:
    """What a model's predictions for the photos of one source are worth.

    Attributes:
        photos: those that could be read, n of them, at least one.
        right: bool ``(n, num_classes)``, the classes that are right for each.
        predicted: int ``(n,)``, the most probable class.
        ood_scores: float ``(n,)``, how strange each looks.
        threshold: the OOD score above which a photo is called unfamiliar; None if the model cannot
            tell.
        in_distribution: what photos of none of the classes are to be told from: the OOD scores of
            those of the classes, of this source; or, if it has none, of each other source.
    """

    photos: tuple[LabelledPhoto, ...]
    right: NDArray[np.bool_]
    predicted: NDArray[np.intp]
    ood_scores: NDArray[np.floating]
    threshold: float | None
    in_distribution: tuple[NDArray[np.floating], ...]

    @property
    def none(self) -> Mask:
        """The photos that show none of the classes."""
        return self.right.sum(axis=1) == 0

    @property
    def worn(self) -> Mask:
        """The photos of people, whose classes are all that they wear."""
        return np.array([photo.worn for photo in self.photos])

    @property
    def single(self) -> Mask:
        """The photos of one thing that one class alone is right for: they tell of a class."""
        return (self.right.sum(axis=1) == 1) & ~self.worn

    @property
    def several(self) -> Mask:
        """The photos of one thing for which any of several classes is right."""
        return (self.right.sum(axis=1) > 1) & ~self.worn

    @property
    def hits(self) -> Mask:
        """The photos whose answer is right, or one that is."""
        return np.take_along_axis(self.right, self.predicted[:, None], axis=1)[:, 0]

    def accuracy(self, among: Mask) -> Share | None:
        """The share of some photos whose answer is right; None without any."""
        return Share.of(self.hits[among])

    @property
    def classes(self) -> dict[int, Share]:
        """The accuracy of each class that has photos, by its index; of ``single`` alone."""
        truth, single = self.right.argmax(axis=1), self.single
        shares = {int(c): self.accuracy(single & (truth == c)) for c in np.unique(truth)}
        return {index: share for index, share in shares.items() if share}

    def balanced_accuracy(self, classes: Iterable[int] | None = None) -> Share | None:
        """The mean of the classes, however many photos each has; of some of them where named."""
        found = self.classes
        wanted = found if classes is None else set(classes) & set(found)
        return mean_share([found[index] for index in sorted(wanted)])

    @property
    def confusion_matrix(self) -> NDArray[np.int64]:
        """Int ``(num_classes, num_classes)``, rows true, columns predicted; of ``single`` alone."""
        truth = self.right[self.single].argmax(axis=1)
        return confusion_matrix(truth, self.predicted[self.single], self.right.shape[1])

    def counts(self, among: Mask) -> NDArray[np.int64]:
        """Int ``(num_classes,)``, how often each class was predicted for some photos."""
        return np.bincount(self.predicted[among], minlength=self.right.shape[1])

    @property
    def auroc(self) -> float:
        """How well the OOD score tells ``none`` from the rest, 0–1; NaN without either.

        Where the rest is other sources', the mean over them, so that no large one decides.
        """
        none = self.ood_scores[self.none]
        if not len(none) or not self.in_distribution:
            return math.nan
        return float(np.mean([auroc(none, scores) for scores in self.in_distribution]))

    def unfamiliar(self, among: Mask) -> Share | None:
        """The share of some photos that is called unfamiliar; None if the model cannot tell."""
        if self.threshold is None:
            return None
        return Share.of(self.ood_scores[among] > self.threshold)


def evaluate_sources(
    photos: Sequence[LabelledPhoto],
    predictions: Sequence[Prediction],
    num_classes: int,
    threshold: float | None,
) -> dict[str, SourceEvaluation]:
    """Score the predictions for photos, each source by itself.

    Args:
        photos: n of them.
        predictions: one for each.
        num_classes: how many classes there are.
        threshold: the model's, see ``Card.ood_threshold``.
    """
    right = np.array([[c in photo.classes for c in range(num_classes)] for photo in photos])
    labels = np.array([each.label for each in predictions])
    scores = np.array([each.ood_score for each in predictions])
    sources = np.array([photo.source for photo in photos])
    # A person in the street and a part cut out of a photo look unlike anything that people bring.
    brought = np.array([not photo.worn and photo.box is None for photo in photos])
    of_classes = right.any(axis=1)
    found = {}
    for source in dict.fromkeys(sources.tolist()):
        here = sources == source
        own = (scores[here & of_classes],) if (here & of_classes).any() else ()
        others = [
            scores[there]
            for other in np.unique(sources)
            if (there := (sources == other) & of_classes & brought).any()
        ]
        found[source] = SourceEvaluation(
            photos=tuple(compress(photos, here)),
            right=right[here],
            predicted=labels[here],
            ood_scores=scores[here],
            threshold=threshold,
            in_distribution=own or tuple(others),
        )
    return found
