"""Ensemble of a 28×28 model and a photo model: the geometric mean of their probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.inference.classifier import Classifier
from fmnist.inference.ood import Verdict, split_outputs, verdict
from fmnist.models import Card, ModelError, ModelStore
from fmnist.preprocessing import ModelInputs

Outputs = NDArray[np.float32]  # (num_outputs,), summing to 1


@dataclass(frozen=True)
class Prediction:
    """What is predicted for one picture.

    Attributes:
        probabilities: float32 ``(num_classes,)``, summing to 1.
        ood_score: how strange the picture looks, 0–1.
        views: of an ensemble, what each of its models predicts alone, in the order of the forms in
            ``ModelInputs``; empty if one model predicted by itself.
    """

    probabilities: NDArray[np.float32]
    ood_score: float
    views: tuple["Prediction", ...] = ()

    @property
    def label(self) -> int:
        """The index of the most probable class."""
        return int(self.probabilities.argmax())

    def verdict(self, threshold: float | None) -> Verdict:
        """Say in a word what it is worth, see ``ood.verdict``."""
        return verdict(self.probabilities, self.ood_score, threshold)


class Ensemble:
    """Predicts what a picture shows, from both sides and, of a photo, by two models.

    The geometric mean lets the one that is sure count for more than the one that is not (Hinton,
    "Training Products of Experts by Minimizing Contrastive Divergence", Neural Computation 2002).
    On photos that neither was trained on, other weights than equal ones are no better.

    Args:
        classifier: of images of the data set; its temperature is that of the predictions.
        photo_model: of photos, if there is one; it knows the same classes, and none.
        sets: the sets of classes that the photo model can tell from each other, see ``Card.sets``.
        flips: whether the mirror image of a picture shows the same.
    """

    def __init__(
        self,
        classifier: Classifier,
        photo_model: Classifier | None = None,
        sets: Sequence[Sequence[int]] = (),
        *,
        flips: bool,
    ) -> None:
        self.classifier, self._photo_model = classifier, photo_model
        self._sets, self._flips = sets, flips

    @classmethod
    def load(cls, store: ModelStore, name: str, *, flips: bool = True) -> "Ensemble":
        """Load a model of a store, and with it the photo model beside it, if there is one.

        Args:
            store: the store.
            name: the model's name.
            flips: whether to look from both sides where its data set allows that.

        Raises:
            ModelError: if the model cannot be used.
        """
        card, beside = store.card(name), photo_model_beside(store, name)
        dataset = DATASETS[card.dataset]
        num_classes = len(dataset.class_names)
        return cls(
            Classifier(store.twin(name), num_classes, card.temperature),
            Classifier(store.twin(beside), num_classes) if beside else None,
            store.card(beside).sets if beside else (),
            flips=flips and dataset.flips,
        )

    def predict(self, inputs: ModelInputs) -> Prediction:
        """Predict what one picture shows, each model being asked once.

        Raises:
            ModelError: if the picture has no form that the model takes.
        """
        form = inputs.of_shape(self.classifier.shape)
        if form is None:
            raise ModelError("This model looks at photos alone, and this is none.")
        outputs = self.classifier.outputs(form[None], flips=self._flips)[0]
        if self._photo_model is None or inputs.photo is None:
            return self._prediction(outputs)
        of_photo = self._photo_model.outputs(inputs.photo[None], flips=self._flips)[0]
        if self._sets:
            of_photo = _completed(of_photo, outputs, self._sets)
        both = np.stack([outputs, of_photo])
        mean = np.sqrt(np.prod(np.maximum(both, 1e-30), axis=0, dtype=np.float64))
        mean = (mean / mean.sum()).astype(np.float32)
        return self._prediction(mean, tuple(map(self._prediction, both)))

    def predict_images(self, images: NDArray[np.uint8]) -> list[Prediction]:
        """Predict what images of the data set's form show, uint8 ``(n, 28, 28)``, in one go."""
        outputs = self.classifier.outputs(images, flips=self._flips)
        return [self._prediction(row) for row in outputs]

    def _prediction(self, outputs: Outputs, views: tuple[Prediction, ...] = ()) -> Prediction:
        own = self.classifier
        probabilities, scores = split_outputs(outputs[None], own.num_classes, own.temperature)
        return Prediction(probabilities[0], float(scores[0]), views)


def _completed(of_photo: Outputs, plain: Outputs, sets: Sequence[Sequence[int]]) -> Outputs:
    """Let the 28×28 model decide what the photo model was never shown: which shoe, or a bag."""
    told = of_photo.astype(np.float64)
    for alike in map(list, sets):
        told[alike] = of_photo[alike].sum() * plain[alike] / max(plain[alike].sum(), 1e-30)
    known = {index for alike in sets for index in alike} | {len(of_photo) - 1}
    unknown = [index for index in range(len(of_photo)) if index not in known]
    told[unknown] = 0
    told *= (1 - plain[unknown].sum()) / max(told.sum(), 1e-30)
    told[unknown] = plain[unknown]
    return (told / told.sum()).astype(np.float32)


def photo_model_beside(store: ModelStore, name: str) -> str | None:
    """Return the photo model that predicts beside this one; None if there is none.

    Only a model that knows what is none of its classes gets one, as that one knows it too.

    Raises:
        ModelError: if the model cannot be used.
    """
    card = store.card(name)
    if card.takes_photos or card.ood_threshold is None:
        return None
    usable = {entry.name: entry.card for entry in store.entries() if not entry.problem}
    return next((other for other, its in usable.items() if _beside(its, card)), None)


def _beside(other: Card | None, card: Card) -> bool:
    return other is not None and other.takes_photos and other.dataset == card.dataset
