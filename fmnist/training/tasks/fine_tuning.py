"""Fine-tuning: a model goes on with my images, and with a part of its data set beside them."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from fmnist.architectures import ARCHITECTURES
from fmnist.datasets import DATASETS
from fmnist.evaluation.metrics import evaluate
from fmnist.inference.ood import correct, split_outputs
from fmnist.models import ModelStore, default_store
from fmnist.my_images import CollectionError, default_collection
from fmnist.training.synthetic.icons import Icons, IconsUnavailableError, load_icons
from fmnist.training.synthetic.material import (
    Material,
    balanced,
    cached,
    drawing_material,
    ood_material,
    targets,
)
from fmnist.training.tasks.task import (
    MATERIAL,
    Examples,
    Measured,
    Task,
    Tell,
    TrainingData,
    outputs_of,
    split_images,
)

if TYPE_CHECKING:
    import keras

    from fmnist.training.configuration import Configuration
    from fmnist.training.run import Run

# For a short while, in small steps, and with a tenth of the data set, so that it does not forget.
DEFAULTS: dict[str, Any] = {"epochs": 3, "learning_rate": 0.0003, "limit": 6000}

# The copy of the model that a run starts from, which it needs again if it is started twice.
_START = "start"
# What keeps a model that knows drawings and other things from forgetting them.
_DRAWINGS, _OOD_IMAGES = (500, 500), 1000


class FineTuning(Task):
    """Training that goes on from a model, with the images that people have labelled themselves."""

    summary = "My images, from a model that is there"
    needs = ("start_from",)
    implied_by = "start_from"
    of_fashion = True
    # There may be other images of mine by now.
    resumable = repeatable = False

    def complete(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Add the network and the data set of the model, and how long it goes on.

        Raises:
            ModelError: if the model cannot be used.
        """
        if not values.get("start_from"):
            return dict(values)
        card = default_store().card(values["start_from"])
        own = {"architecture": card.architecture, "dataset": card.dataset}
        # A model of an architecture that had no such options yet has their defaults.
        known = ARCHITECTURES.get(card.architecture)
        taken = set(known.takes if known else ()) & card.configuration.keys()
        own |= {name: card.configuration[name] for name in taken}
        return {**DEFAULTS, **values, **own}

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Load the model, the images and mine.

        Raises:
            CollectionError: if there is nothing to learn from.
            ModelError: if the model cannot be used.
        """
        from fmnist.training.batches import MixtureBatches

        start = _start_model(run)
        outputs = start.output_shape[-1]
        training, validation = split_images(run, tell, outputs)
        materials = cached(
            run.folder / MATERIAL,
            lambda: gather_mine(run.configuration, training, outputs, run.visitor),
        )
        # A model that knows no "none of them" has no output for it.
        fitting = {
            name: replace(m, targets=m.targets[:, :outputs]) for name, m in materials.items()
        }
        return TrainingData(
            batches=partial(MixtureBatches, run.configuration, training, fitting),
            validation=validation,
            n=len(training[0]),
            num_outputs=outputs,
            sets=True,
            start=lambda: start,
        )

    def measure(self, run: "Run", model: "keras.Model", data: TrainingData) -> Measured:
        """Measure also what fine-tuning has changed.

        The metrics are ``mine_n``, the number of my images; ``mine_accuracy``, the share of them
        that the model gets right; and of before ``mine_accuracy_before``,
        ``test_accuracy_before``.
        """
        measured = super().measure(run, model, data)
        mine = cached(run.folder / MATERIAL)["my images"]
        card, before = ModelStore(run.folder).card(_START), _start_model(run)
        dataset = DATASETS[run.configuration.dataset]
        num_classes, test = len(dataset.class_names), dataset.load("test")
        outputs = outputs_of(before, test.images)
        probabilities, _ = split_outputs(outputs, num_classes, card.temperature)
        now = _share_right(model, measured.temperature, measured.ood_threshold, mine, num_classes)
        then = _share_right(before, card.temperature, card.ood_threshold, mine, num_classes)
        changed = {
            "mine_n": float(len(mine.images)),
            "mine_accuracy": now,
            "mine_accuracy_before": then,
            "test_accuracy_before": evaluate(probabilities, test.labels).accuracy,
        }
        return replace(measured, metrics={**measured.metrics, **changed}, weights=card.weights)

    def clean_up(self, run: "Run") -> None:
        """Remove the copies of my images and of the model that it started from."""
        super().clean_up(run)
        shutil.rmtree(run.folder / _START, ignore_errors=True)


def gather_mine(
    configuration: "Configuration",
    training: Examples,
    num_outputs: int,
    visitor: str | None = None,
) -> dict[str, Material]:
    """Collect my images and, for a model that knows "none", drawings and other things.

    Args:
        configuration: what is to be trained.
        training: the data set's images that it trains on.
        num_outputs: how many probabilities the model gives. One that has none for "none of them"
            cannot learn from images of none of the classes, which are left out.
        visitor: whose images; None for this computer's own.

    Raises:
        CollectionError: if there is nothing to learn from.
    """
    dataset = DATASETS[configuration.dataset]
    num_classes = len(dataset.class_names)
    knows_none = num_outputs > num_classes
    items, _ = default_collection(dataset, visitor).read()
    items = [item for item in items if knows_none or item.label is not None]
    if not items:
        raise CollectionError(
            f"There are no images of yours that {configuration.start_from} could learn from. "
            "Correct an answer on the Draw or Photo page first."
        )
    sets = [frozenset([] if item.label is None else [item.label]) for item in items]
    images = np.stack([item.image for item in items])
    mine = {"my images": balanced(images, targets(sets, num_classes))}
    if not knows_none:
        return mine
    random, icons = np.random.default_rng(configuration.seed), _icons()
    return mine | {
        "drawings": drawing_material(training, random, _DRAWINGS, icons),
        "ood images": ood_material(training[0], num_classes, random, _OOD_IMAGES, icons),
    }


def _icons() -> Icons | None:
    """Load the icons, or do without and say so: what is fine-tuned may know them already."""
    try:
        return load_icons()
    except IconsUnavailableError as error:
        print(f"Going on without icons. {error}", flush=True)
        return None


def _start_model(run: "Run") -> "keras.Model":
    """Load the model to start from; the first time, it is copied into the run's folder."""
    inside, shipped = ModelStore(run.folder), default_store()
    if not (run.folder / _START).exists():
        inside.adopt(shipped.folder(run.configuration.start_from), _START)
    return inside.load_keras(_START)


def _share_right(
    model: "keras.Model",
    temperature: float,
    threshold: float | None,
    mine: Material,
    num_classes: int,
) -> float:
    predicted = split_outputs(outputs_of(model, mine.images), num_classes, temperature)
    labels = [None if row[num_classes] else int(row.argmax()) for row in mine.targets]
    return float(correct(labels, *predicted, threshold).mean())
