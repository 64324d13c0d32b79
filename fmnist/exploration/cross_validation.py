"""Cross-validation: what networks say of training images that they have not learnt from.

The images are dealt into folds; of each fold, a network answers that has learnt from the others.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict

import keras
import numpy as np
from numpy.typing import NDArray

from fmnist import settings
from fmnist.datasets import Split
from fmnist.inference.kept_outputs import OutputsKey, halved, read_outputs, write_outputs
from fmnist.training.batches import AugmentedBatches
from fmnist.training.configuration import Configuration
from fmnist.training.tasks.task import TrainingData, outputs_of
from fmnist.training.trainer import train


def deal(labels: NDArray[np.uint8], n_folds: int) -> NDArray[np.intp]:
    """Deal images into folds, the same share of every class into each.

    Args:
        labels: ``(n,)``, the class of each image.
        n_folds: how many folds.

    Returns:
        The number of each image's fold, ``(n,)``; always the same for the same labels.
    """
    folds = np.empty(len(labels), np.intp)
    random = np.random.default_rng(0)
    for label in np.unique(labels):
        places = random.permutation(np.flatnonzero(labels == label))
        folds[places] = np.arange(len(places)) % n_folds
    return folds


def out_of_sample(
    configuration: Configuration,
    split: Split,
    n_folds: int,
    tell: Callable[[str], object] = lambda _: None,
) -> NDArray[np.float32]:
    """Return the probabilities of images, each by a network that has not learnt from it.

    What is done of it is kept in the cache folder, fold by fold, so that it can be gone on with.

    Args:
        configuration: of each network.
        split: the images and labels.
        n_folds: how many networks are trained.
        tell: takes a sentence before each.

    Returns:
        float32 ``(n, num_classes)``; rounded to half precision on the way.
    """
    num_classes = int(split.labels.max()) + 1
    targets = np.eye(num_classes, dtype=np.float32)[split.labels]
    folds = deal(split.labels, n_folds)
    probabilities = np.empty((len(split), num_classes), np.float32)
    for fold in range(n_folds):
        held_out = folds == fold
        key = OutputsKey.of(_digest(configuration, split, n_folds, fold), split.images)
        path = settings.cache_folder() / "cross-validation" / f"{key.twin[:32]}.npz"
        outputs = read_outputs(path, key)
        if outputs is None:
            tell(f"Fold {fold + 1} of {n_folds}")
            keras.utils.clear_session()
            examples = split.images[~held_out], targets[~held_out]
            model = train(configuration, _training_data(configuration, examples))
            outputs = halved(outputs_of(model, split.images[held_out]), num_classes)
            write_outputs(path, key, outputs)
        probabilities[held_out] = outputs
    return probabilities


def _training_data(
    configuration: Configuration, examples: tuple[NDArray[np.uint8], NDArray[np.float32]]
) -> TrainingData:
    images, targets = examples
    return TrainingData(
        batches=lambda epoch: AugmentedBatches(configuration, examples, epoch),
        validation=(images[:0], targets[:0]),
        n=len(images),
        num_outputs=targets.shape[1],
    )


def _digest(configuration: Configuration, split: Split, n_folds: int, fold: int) -> str:
    """Name a network by all that it hangs on but the images."""
    known = f"{sorted(asdict(configuration).items())} {n_folds} {fold} "
    return hashlib.sha256(known.encode() + split.labels.tobytes()).hexdigest()
