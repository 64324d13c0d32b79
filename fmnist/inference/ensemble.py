"""Who answers about what people bring: a model, and at photos one that looks sharper too."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.inference.classifier import Classifier
from fmnist.inference.ood import answers_of
from fmnist.models import Card, ModelError, ModelStore
from fmnist.preprocessing import Seen

Probabilities = NDArray[np.float32]


class Observer:
    """Looks at a picture from both sides and, where there are two models, twice.

    What two models say is taken together as their geometric mean: who is sure counts more than who
    is not (Hinton, "Training Products of Experts by Minimizing Contrastive Divergence", Neural
    Computation 2002). On photos that neither was trained on, other weights than equal ones are no
    better.

    Args:
        classifier: who looks, and whose temperature the answers are tempered by.
        sharper: who looks sharper at photos, if anybody; it knows the same classes, and none.
        sets: the sets of classes that ``sharper`` can tell from each other, see ``Card.sets``.
        flips: whether the mirror image of a picture shows the same.
    """

    def __init__(
        self,
        classifier: Classifier,
        sharper: Classifier | None = None,
        sets: Sequence[Sequence[int]] = (),
        *,
        flips: bool,
    ) -> None:
        self.classifier, self._sharper = classifier, sharper
        self._sets, self._flips = sets, flips

    @classmethod
    def load(cls, store: ModelStore, name: str, *, flips: bool = True) -> "Observer":
        """Load a model of a store, and with it the one that looks sharper, if there is one.

        Args:
            store: the store.
            name: the model's name.
            flips: whether to look from both sides where its data set allows that.

        Raises:
            ModelError: if the model cannot be used.
        """
        card, sharper = store.card(name), sharper_than(store, name)
        dataset = DATASETS[card.dataset]
        num_classes = len(dataset.class_names)
        return cls(
            Classifier(store.twin(name), num_classes, card.temperature),
            Classifier(store.twin(sharper), num_classes) if sharper else None,
            store.card(sharper).sets if sharper else (),
            flips=flips and dataset.flips,
        )

    def predict(self, seen: Seen) -> tuple[Probabilities, float]:
        """Classify one picture.

        Returns:
            Probabilities, float32 ``(num_classes,)``, that sum to 1; and the unfamiliarity, 0–1.

        Raises:
            ModelError: if the picture has no form that the model takes.
        """
        outputs = self._looks(seen)
        if len(outputs) == 1:
            return self._answer(outputs[0])
        together = np.sqrt(np.prod(np.maximum(outputs, 1e-30), axis=0, dtype=np.float64))
        return self._answer((together / together.sum()).astype(np.float32))

    def each(self, seen: Seen) -> list[tuple[Probabilities, float]]:
        """Return what each look alone says, as ``predict`` does: the plain one, the sharp one."""
        return [self._answer(outputs) for outputs in self._looks(seen)]

    def _looks(self, seen: Seen) -> list[NDArray[np.float32]]:
        looks = [(self.classifier, seen.of_shape(self.classifier.shape))]
        if self._sharper and seen.sharp is not None:
            looks.append((self._sharper, seen.sharp))
        outputs = []
        for classifier, form in looks:
            if form is None:
                raise ModelError("This model looks at photos alone, and this is none.")
            outputs.append(classifier.outputs(form[None], flips=self._flips)[0])
        if len(outputs) == 2 and self._sets:
            outputs[1] = _completed(outputs[1], outputs[0], self._sets)
        return outputs

    def _answer(self, outputs: NDArray[np.float32]) -> tuple[Probabilities, float]:
        own = self.classifier
        probabilities, strangeness = answers_of(outputs[None], own.num_classes, own.temperature)
        return probabilities[0], float(strangeness[0])


def _completed(
    sharp: NDArray[np.float32], plain: NDArray[np.float32], sets: Sequence[Sequence[int]]
) -> NDArray[np.float32]:
    """Let the plain look decide what the sharp one was never shown: which shoe, or a bag."""
    told = sharp.astype(np.float64)
    for alike in map(list, sets):
        told[alike] = sharp[alike].sum() * plain[alike] / max(plain[alike].sum(), 1e-30)
    known = {index for alike in sets for index in alike} | {len(sharp) - 1}
    unknown = [index for index in range(len(sharp)) if index not in known]
    told[unknown] = 0
    told *= (1 - plain[unknown].sum()) / max(told.sum(), 1e-30)
    told[unknown] = plain[unknown]
    return (told / told.sum()).astype(np.float32)


def sharper_than(store: ModelStore, name: str) -> str | None:
    """Return the model that looks sharper at photos beside this one; None if there is none.

    Only a model that knows what is none of its classes gets one, as that one knows it too.

    Raises:
        ModelError: if the model cannot be used.
    """
    card = store.card(name)
    if card.sharp or card.unfamiliar_above is None:
        return None
    usable = {entry.name: entry.card for entry in store.entries() if not entry.problem}
    return next((other for other, its in usable.items() if _beside(its, card)), None)


def _beside(sharp: Card | None, card: Card) -> bool:
    return sharp is not None and sharp.sharp and sharp.dataset == card.dataset
