"""The figures of the test images, for people and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import Dataset
from fmnist.evaluation.metrics import Evaluation, evaluate
from fmnist.inference.calibration import expected_calibration_error, temper
from fmnist.inference.classifier import Classifier
from fmnist.inference.kept_outputs import OutputsKey, halved
from fmnist.inference.ood import split_outputs
from fmnist.models import Card
from fmnist.models.folder import TWIN


@dataclass(frozen=True)
class SplitReport:
    """The figures of the test images, for people and as JSON.

    Attributes:
        data: the data set.
        card: the model's.
        evaluation: of the predictions as they are made, tempered.
        untempered: the expected calibration error without the card's temperature, 0–1.
        ood_scores: float ``(n,)``.
        outputs: float16 ``(n, num_outputs)``, what the model itself says, see ``halved``.
        key: whose they are.
        source: where the images came from, in words.
    """

    data: Dataset
    card: Card
    evaluation: Evaluation
    untempered: float
    ood_scores: NDArray[np.floating]
    outputs: NDArray[np.float16]
    key: OutputsKey
    source: str

    @property
    def unfamiliar(self) -> float | None:
        """The share of the images that are called unfamiliar, 0–1; None if the model cannot."""
        threshold = self.card.ood_threshold
        return None if threshold is None else float((self.ood_scores > threshold).mean())

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them."""
        figures = self.evaluation.as_dict()
        per_class = dict(zip(self.data.class_names, figures["per_class_accuracy"], strict=True))
        return figures | {
            "dataset": self.data.name,
            "source": self.source,
            "per_class_accuracy": per_class,
            "temperature": self.card.temperature,
            "expected_calibration_error_untempered": self.untempered,
            "unfamiliar": self.unfamiliar,
        }

    def metrics(self) -> dict[str, float]:
        """Return what training does not measure, by its name on a model's card."""
        per_class = self.evaluation.as_dict()["per_class_accuracy"]
        metrics = {
            "ece": self.evaluation.expected_calibration_error,
            "ece_untempered": self.untempered,
            "unfamiliar": self.unfamiliar,
            **{
                f"class_accuracy/{name}": x
                for name, x in zip(self.data.class_names, per_class, strict=True)
            },
        }
        return {name: x for name, x in metrics.items() if x is not None}

    def lines(self) -> Iterator[str]:
        """Say the figures in lines."""
        evaluation = self.evaluation
        yield f"{evaluation.n:,} test images of {self.data.title}, {self.source}"
        yield f"accuracy    {evaluation.accuracy:.4f}"
        yield f"loss        {evaluation.loss:.4f}"
        yield (
            f"ECE         {evaluation.expected_calibration_error:.4f}  "
            f"({self.untempered:.4f} before the temperature of {self.card.temperature:g})"
        )
        if self.unfamiliar is not None:
            yield f"unfamiliar  {self.unfamiliar:.4f}  (share of them called unfamiliar)"
        width = max(map(len, self.data.class_names))
        for name, accuracy in zip(
            self.data.class_names, evaluation.per_class_accuracy, strict=True
        ):
            yield f"  {name:{width}}  {accuracy:.4f}"


def measure_test(classifier: Classifier, card: Card, data: Dataset) -> SplitReport:
    """Let a classifier, not tempered, predict the test images.

    Raises:
        DataUnavailableError: if they are not to be had.
    """
    test = data.load("test")
    outputs = classifier.outputs(test.images)
    untempered, ood_scores = split_outputs(outputs, classifier.num_classes)
    return SplitReport(
        data,
        card,
        evaluate(temper(untempered, card.temperature), test.labels),
        expected_calibration_error(untempered, test.labels),
        ood_scores,
        halved(outputs, classifier.num_classes),
        OutputsKey.of(card.sha256[TWIN], test.images),
        test.source,
    )
