"""Ensemble of a 28×28 model and a photo model: the weighted geometric mean of their outputs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.inference.calibration import geometric_mean
from fmnist.inference.classifier import Classifier, load_classifier
from fmnist.inference.ood import Verdict, split_outputs, verdict
from fmnist.inference.photo_model import PhotoModel, photo_model_of
from fmnist.models import ModelError, ModelStore
from fmnist.models.folder import TWIN
from fmnist.preprocessing import CLOTHES, PIPELINES, ModelInputs, PhotoOutputs, Pipeline
from fmnist.storage import sha256

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

    The weighted geometric mean lets the one that is sure count for more than the one that is not
    (Hinton, "Training Products of Experts by Minimizing Contrastive Divergence", Neural Computation
    2002).

    Args:
        classifier: of images of the data set.
        pipeline: how photos and drawings come to its form.
        photo_model: of photos, if there is one; it knows the same classes, and none.
        weights: how much each counts, see ``Card.weights``; None if the photo model tells where the
            garment is, and does not predict.
        flips: whether the mirror image of a picture shows the same.
    """

    def __init__(
        self,
        classifier: Classifier,
        pipeline: Pipeline = CLOTHES,
        photo_model: PhotoModel | None = None,
        *,
        weights: tuple[float, float] | None = (0.5, 0.5),
        flips: bool,
    ) -> None:
        self.classifier, self.pipeline = classifier, pipeline
        self.photo_model, self._weights, self._flips = photo_model, weights, flips

    @classmethod
    def load(cls, store: ModelStore, name: str, *, flips: bool = True) -> "Ensemble":
        """Load a model of a store, and with it the photo model, if there is one.

        That one tells every model of its data set where in a photo the garment is. It predicts
        beside those that know what is none of the classes, as it knows it too.

        Args:
            store: the store.
            name: the model's name.
            flips: whether to look from both sides where its data set allows that.

        Raises:
            ModelError: if the model cannot be used.
        """
        card = store.card(name)
        beside = not card.takes_photos and card.ood_threshold is not None
        dataset = DATASETS[card.dataset]
        photo_model = PhotoModel.load(store, card.dataset)
        pipeline = PIPELINES[dataset.pipeline]
        if photo_model:
            pipeline = photo_model.guided(pipeline)
        return cls(
            load_classifier(store, name),
            pipeline,
            photo_model,
            weights=card.weights if beside else None,
            flips=flips and dataset.flips,
        )

    def predict(self, inputs: ModelInputs) -> Prediction:
        """Predict what one picture shows, each model being asked once.

        Raises:
            ModelError: if the picture has no form that the model takes.
        """
        return self.predict_all([inputs])[0]

    def predict_all(self, inputs: Sequence[ModelInputs]) -> list[Prediction]:
        """Predict what pictures show, in one go; raises as ``predict``."""
        own = self.classifier
        forms = [form for each in inputs if (form := each.of_shape(own.shape)) is not None]
        if len(forms) < len(inputs):
            raise ModelError("This model looks at photos alone, and this is none.")
        outputs = own.outputs(np.stack(forms), flips=self._flips)
        return [self._weighed(row, each) for row, each in zip(outputs, inputs, strict=True)]

    def photo_outputs(self, inputs: ModelInputs) -> PhotoOutputs | None:
        """Return what the photo model says of a photo, to be kept in its place."""
        return self.photo_model.said(inputs) if self.photo_model else None

    def _weighed(self, outputs: Outputs, inputs: ModelInputs) -> Prediction:
        """Weigh what the model says of a picture with what the photo model says, if it does."""
        alone, beside = self._prediction(outputs, self.classifier.temperature), self.photo_model
        of_photo = beside.outputs(inputs) if beside and self._weights else None
        if beside is None or self._weights is None or of_photo is None:
            return alone
        views = alone, self._prediction(of_photo, beside.classifier.temperature)
        mean = geometric_mean(outputs[None], of_photo[None], self._weights)[0]
        return self._prediction(mean, 1.0, views)

    def _prediction(
        self, outputs: Outputs, temperature: float, views: tuple[Prediction, ...] = ()
    ) -> Prediction:
        num_classes = self.classifier.num_classes
        probabilities, scores = split_outputs(outputs[None], num_classes, temperature)
        return Prediction(probabilities[0], float(scores[0]), views)


def twins(store: ModelStore, name: str) -> dict[str, str]:
    """Return the SHA-256 of each compiled model that predicts when this one is asked.

    Raises:
        ModelError: if one of them cannot be used.
    """
    names = filter(None, (name, photo_model_of(store, store.card(name).dataset)))
    paths = {each: store.twin(each) for each in names}  # made, where they are missing
    return {f"{each}/{TWIN}": sha256(path) for each, path in paths.items()}
