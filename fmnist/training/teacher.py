"""Learning from a teacher: the targets are half the labels and half what a model answers.

Source: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist.classifier import Classifier
from fmnist.datasets import DATASETS, Split
from fmnist.datasets.cache import replacing
from fmnist.models import ModelError, default_store
from fmnist.training.configuration import Configuration
from fmnist.training.line import STATUS
from fmnist.training.run import Run
from fmnist.training.status import Status
from fmnist.training.validation import hold_out

# A teacher is nearly sure of what it was trained on. What else an image looks like, which is what
# there is to learn from it, shows once the answers are softened; and as an answer may be wrong,
# the label has the other half.
TEMPERATURE, SHARE = 2.0, 0.5


def check_teacher(configuration: Configuration) -> None:
    """Raise ModelError if the teacher is not there, cannot be used or knows another data set."""
    store, name = default_store(), configuration.teacher
    if name not in store.names():
        known = ", ".join(store.names()) or "none yet"
        raise ModelError(f"There is no model called {name} to learn from; there are: {known}.")
    card = store.card(name)
    knows = "photos alone" if card.sharp else card.dataset
    if knows != configuration.dataset:
        raise ModelError(
            f"A teacher answers for its own images: expected a model of {configuration.dataset}; "
            f"{name} is one of {knows}."
        )


def taught_targets(run: Run, data: Split, status: Status) -> NDArray[np.float32]:
    """Return what a run's model is to answer.

    The teacher is asked the first time, and what it says is kept in the run's folder: a run that
    is started twice needs the teacher no more.

    Args:
        run: what is to be trained.
        data: the data set's training half, held-out images included.
        status: its status, which says so while the teacher answers: for up to a minute.

    Returns:
        float32 ``(n, num_classes)``, rows that sum to 1: of the images to train on, the mean of
        label and answer; of all others, the label.

    Raises:
        ModelError: if the teacher is asked and cannot answer.
    """
    configuration = run.configuration
    training, _ = hold_out(data.labels, configuration.validation_share, configuration.limit)
    place = run.folder / "teacher.npz"
    if not place.exists():
        check_teacher(configuration)
        message = f"Asking {configuration.teacher} about {len(training):,} images"
        replace(status, message=message).write(run.folder / STATUS)
        _keep(place, _answers(configuration, data.images[training]))
    with np.load(place) as kept:
        answers = kept["answers"].astype(np.float32)
    answers /= answers.sum(axis=1, keepdims=True)  # half precision has rounded them
    targets = np.eye(answers.shape[1], dtype=np.float32)[data.labels]
    targets[training] = (1 - SHARE) * targets[training] + SHARE * answers
    return targets


def _answers(configuration: Configuration, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Ask the compiled twin, which is quicker than Keras even on one core."""
    dataset = DATASETS[configuration.dataset]
    twin = default_store().twin(configuration.teacher)
    classifier = Classifier(twin, len(dataset.class_names), TEMPERATURE)
    return classifier.predict(images, flips=dataset.flips)[0]


def _keep(place: Path, answers: NDArray[np.float32]) -> None:
    with replacing(place) as temporary, temporary.open("wb") as file:
        np.savez(file, answers=answers.astype(np.float16))
