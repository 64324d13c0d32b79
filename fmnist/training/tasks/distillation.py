"""Distillation: a network learns what better ones predict for the very images that it sees.

Whatever is done to an image, the teacher is asked about that very image, and its pupil has to say
the same. So it learns what else an image looks like, also where pieces of two were mixed.

Source: Beyer et al., "Knowledge distillation: A good teacher is patient and consistent", CVPR 2022.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.inference.classifier import Classifier, load_classifier
from fmnist.models import ModelError, default_store
from fmnist.storage import replacing
from fmnist.training.tasks.learnt import check_start, start
from fmnist.training.tasks.task import Measured, Task, Tell, TrainingData, split_images

if TYPE_CHECKING:
    import keras

    from fmnist.training.batches import Batches, DistillationBatches
    from fmnist.training.configuration import Configuration
    from fmnist.training.run import Run

# The teacher sees so many epochs of images, each differently changed; asking about more would take
# longer than the training.
_ROUNDS = 12


class Distillation(Task):
    """Training on the predictions of one teacher, or on the mean of several."""

    summary = "The predictions of other models"
    needs = ("teacher",)
    takes = ("start_from", "cutmix", "loss")
    implied_by = "teacher"

    def check(self, configuration: "Configuration") -> None:
        """Raise ModelError as ``check_teachers`` and ``check_start``."""
        check_teachers(configuration)
        check_start(configuration)

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Load the images, and let the teachers say what they show.

        Raises:
            ModelError: as ``taught``.
        """
        from fmnist.training.batches import AugmentedBatches

        configuration = run.configuration
        num_classes = len(DATASETS[configuration.dataset].class_names)
        training, validation = split_images(run, tell, num_classes)
        return TrainingData(
            batches=taught(run, partial(AugmentedBatches, configuration, training), tell),
            validation=validation,
            n=len(training[0]),
            num_outputs=num_classes,
            start=start(configuration, num_classes),
        )

    def measure(self, run: "Run", model: "keras.Model", data: TrainingData) -> Measured:
        """Count what asking took as training time."""
        return replace(super().measure(run, model, data), preparation_seconds=asked_seconds(run))


def check_teachers(configuration: "Configuration") -> None:
    """Raise ModelError if a teacher is not there, cannot be used or knows another data set."""
    store = default_store()
    for name in configuration.teachers:
        if name not in store.names():
            known = ", ".join(store.names()) or "none yet"
            raise ModelError(f"There is no model called {name} to learn from; there are: {known}.")
        card = store.card(name)
        knows = "photos alone" if card.takes_photos else card.dataset
        if knows != configuration.dataset:
            raise ModelError(
                f"A teacher predicts its own images: expected a model of "
                f"{configuration.dataset}; {name} is one of {knows}."
            )


def taught(
    run: "Run", batches: Callable[[int], "Batches"], tell: Tell
) -> Callable[[int], "DistillationBatches"]:
    """Let a run's teachers say what its batches show, in place of the labels.

    What they say is kept in the run's folder: a run that is started twice needs them no more.

    Args:
        run: whose configuration names the teachers.
        batches: makes those of an epoch and the next, with the data set's images first in each.
        tell: is told how far it is.

    Raises:
        ModelError: if a teacher is asked and cannot predict.
    """
    from fmnist.training.batches import DistillationBatches

    configuration = run.configuration
    rounds = [batches(epoch) for epoch in range(min(_ROUNDS, configuration.epochs))]
    place = _kept(run)
    if not place.exists():
        check_teachers(configuration)
        num_classes = len(DATASETS[configuration.dataset].class_names)
        began = time.monotonic()
        predictions = _ask(configuration.teachers, rounds, num_classes, tell)
        with replacing(place) as temporary, temporary.open("wb") as file:
            np.savez(file, answers=predictions, seconds=time.monotonic() - began)
    with np.load(place) as kept:
        predictions = kept["answers"]
    rounds = rounds[: len(predictions)]  # a run of an earlier version asked about fewer
    mirror = configuration.augmentation.startswith("flip")  # digits have a left and a right
    return partial(DistillationBatches, rounds, predictions, mirror=mirror)


def asked_seconds(run: "Run") -> float:
    """Return how long a run's teachers were asked."""
    with np.load(_kept(run)) as kept:
        return float(kept["seconds"])


def _kept(run: "Run") -> Path:
    return run.folder / "teacher.npz"


def _ask(
    names: Sequence[str], rounds: Sequence["Batches"], num_classes: int, tell: Tell
) -> NDArray[np.float16]:
    """Return the mean of the teachers, float16 ``(rounds, n, num_classes)``, in batches' order."""
    store = default_store()
    # The compiled twin is quicker than Keras even on one core.
    teachers = [load_classifier(store, name) for name in names]
    predictions = np.empty((len(rounds), rounds[0].n, num_classes), np.float16)
    with ThreadPoolExecutor(len(teachers)) as pool:  # each predicts on one core
        for epoch, batches in enumerate(rounds):
            size = batches.batch_size
            for index in range(len(batches)):
                if index % 20 == 0:
                    done = (epoch + index / len(batches)) / len(rounds)
                    tell(f"Asking {', '.join(names)} about the training images, {done:.0%}")
                place = predictions[epoch, index * size : (index + 1) * size]
                images = np.rint(batches[index][0][: len(place)]).astype(np.uint8)
                said = pool.map(partial(Classifier.predict_proba, images=images), teachers)
                place[:] = np.mean(list(said), axis=0)
    return predictions
