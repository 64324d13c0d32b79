"""Mixture: a data set's images with photos, drawings and images of other things among them.

The network can then predict "none of these" too (Hendrycks et al., "Deep Anomaly Detection with
Outlier Exposure", ICLR 2019).
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fmnist.datasets import DATASETS
from fmnist.training.synthetic.material import cached, gather
from fmnist.training.tasks.task import MATERIAL, Task, Tell, TrainingData, split_images

if TYPE_CHECKING:
    from fmnist.training.run import Run


class Mixture(Task):
    """Training on what people bring, beside a data set."""

    summary = "The data set, photos, drawings and other things"
    needs = ("photos",)
    of_fashion = True

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Load the images and make what is mixed in, from training images alone.

        Raises:
            InputError: if there are no photos in the folder, or no icons are to be had: without
                them the recipe would make another model.
        """
        from fmnist.training.batches import MixtureBatches

        configuration = run.configuration
        class_names = DATASETS[configuration.dataset].class_names
        training, validation = split_images(run, tell, len(class_names) + 1)

        def make() -> dict:
            tell("Bringing the photos to 28×28 and making drawings")
            return gather(training, class_names, Path(configuration.photos), configuration.seed)

        materials = cached(run.folder / MATERIAL, make)
        return TrainingData(
            batches=partial(MixtureBatches, configuration, training, materials),
            validation=validation,
            n=len(training[0]),
            num_outputs=len(class_names) + 1,
            sets=True,
        )
