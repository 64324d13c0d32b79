"""Learning from a teacher: what a better model says of the same images, instead of their labels.

Whatever is done to an image, the teacher is asked about that very image, and its pupil has to say
the same. So it learns what else an image looks like, also where pieces of two were mixed.

Source: Beyer et al., "Knowledge distillation: A good teacher is patient and consistent", CVPR 2022.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS, Split
from fmnist.inference.classifier import Classifier
from fmnist.models import ModelError, default_store
from fmnist.storage import replacing
from fmnist.training.configuration import Configuration
from fmnist.training.queue import STATUS
from fmnist.training.run import Run
from fmnist.training.split import hold_out
from fmnist.training.status import Status

# The teacher sees so many epochs of images, each differently changed; asking about more would take
# longer than the training.
_ROUNDS = 6

_KEPT = "teacher.npz"


def check_teacher(configuration: Configuration) -> None:
    """Raise ModelError if a teacher is not there, cannot be used or knows another data set."""
    store = default_store()
    for name in configuration.teachers:
        if name not in store.names():
            known = ", ".join(store.names()) or "none yet"
            raise ModelError(f"There is no model called {name} to learn from; there are: {known}.")
        card = store.card(name)
        knows = "photos alone" if card.sharp else card.dataset
        if knows != configuration.dataset:
            raise ModelError(
                f"A teacher answers for its own images: expected a model of "
                f"{configuration.dataset}; {name} is one of {knows}."
            )


def taught(run: Run, data: Split, status: Status) -> NDArray[np.float16]:
    """Return what a run's model is to answer, epoch by epoch.

    The teachers are asked the first time, and what they say is kept in the run's folder: a run that
    is started twice needs them no more.

    Args:
        run: what is to be trained.
        data: the data set's training half, held-out images included.
        status: its status, which says so while the teachers answer: for some minutes.

    Returns:
        float16 ``(rounds, n, num_classes)``: of the images to train on, as the first epochs have
        changed and ordered them; the mean of all teachers.

    Raises:
        ModelError: if a teacher is asked and cannot answer.
    """
    place = run.folder / _KEPT
    if not place.exists():
        check_teacher(run.configuration)
        began = time.monotonic()
        answers = _ask(run, data, status)
        with replacing(place) as temporary, temporary.open("wb") as file:
            np.savez(file, answers=answers, seconds=time.monotonic() - began)
    with np.load(place) as kept:
        answers = kept["answers"]
    return answers


def asked_seconds(run: Run) -> float:
    """Return how long a run's teachers were asked; 0 if it has none."""
    place = run.folder / _KEPT
    if not place.exists():
        return 0.0
    with np.load(place) as kept:
        return float(kept["seconds"])


def _ask(run: Run, data: Split, status: Status) -> NDArray[np.float16]:
    # Here and not above: it imports TensorFlow.
    from fmnist.training.batches import Batches

    configuration = run.configuration
    num_classes = len(DATASETS[configuration.dataset].class_names)
    teachers = [_load(name, num_classes) for name in configuration.teachers]
    training, _ = hold_out(data.labels, configuration.validation_share, configuration.limit)
    images, labels = data.images[training], np.eye(num_classes)[data.labels[training]]
    rounds = min(_ROUNDS, configuration.epochs)
    answers = np.empty((rounds, len(training), num_classes), np.float16)
    names = ", ".join(configuration.teachers)
    with ThreadPoolExecutor(len(teachers)) as pool:  # each answers on one core
        for epoch in range(rounds):
            batches, start = Batches.of(configuration, images, labels, epoch), 0
            for index in range(len(batches)):
                if index % 20 == 0:
                    done = (epoch + index / len(batches)) / rounds
                    message = f"Asking {names} about the training images, {done:.0%}"
                    replace(status, message=message).write(run.folder / STATUS)
                seen = np.rint(batches[index][0]).astype(np.uint8)
                said = pool.map(partial(Classifier.predict_proba, images=seen), teachers)
                answers[epoch, start : start + len(seen)] = np.mean(list(said), axis=0)
                start += len(seen)
    return answers


def _load(name: str, num_classes: int) -> Classifier:
    """Take the compiled twin, which is quicker than Keras even on one core."""
    store = default_store()
    return Classifier(store.twin(name), num_classes, store.card(name).temperature)
