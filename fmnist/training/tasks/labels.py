"""Labels: a network learns what people have said that each image of a data set shows."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.training.tasks.task import Task, Tell, TrainingData, split_images

if TYPE_CHECKING:
    from fmnist.training.run import Run


class Labels(Task):
    """Supervised training on a data set's own labels."""

    summary = "The labels of the data set"
    takes = ("cutmix", "loss", "label_noise")

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Load the images and hold some out."""
        from fmnist.training.batches import AugmentedBatches

        configuration = run.configuration
        num_classes = len(DATASETS[configuration.dataset].class_names)
        (images, targets), validation = split_images(run, tell, num_classes)
        targets = made_wrong(targets, configuration.label_noise, configuration.seed)
        return TrainingData(
            batches=partial(AugmentedBatches, configuration, (images, targets)),
            validation=validation,
            n=len(images),
            num_outputs=num_classes,
        )


def made_wrong(targets: NDArray[np.float32], share: float, seed: int) -> NDArray[np.float32]:
    """Return targets of which a share name another class, each of the others as likely.

    Args:
        targets: ``(n, num_classes)``, one 1 a row.
        share: how many of them become wrong, 0–1.
        seed: decides which, and what they say instead.
    """
    random = np.random.default_rng((seed, len(targets)))
    wrong = random.permutation(len(targets))[: round(share * len(targets))]
    num_classes = targets.shape[1]
    labels = targets.argmax(axis=1)
    labels[wrong] = (labels[wrong] + random.integers(1, num_classes, len(wrong))) % num_classes
    return np.eye(num_classes, dtype=np.float32)[labels]
