"""Labels: a network learns what people have said that each image of a data set shows."""

from functools import partial
from typing import TYPE_CHECKING

from fmnist.datasets import DATASETS
from fmnist.training.tasks.task import Task, Tell, TrainingData, split_images

if TYPE_CHECKING:
    from fmnist.training.run import Run


class Labels(Task):
    """Supervised training on a data set's own labels."""

    summary = "The labels of the data set"
    takes = ("cutmix", "loss")

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Load the images and hold some out."""
        from fmnist.training.batches import AugmentedBatches

        num_classes = len(DATASETS[run.configuration.dataset].class_names)
        training, validation = split_images(run, tell, num_classes)
        return TrainingData(
            batches=partial(AugmentedBatches, run.configuration, training),
            validation=validation,
            n=len(training[0]),
            num_outputs=num_classes,
        )
