"""Mixture: a data set's images with photos, drawings and images of other things among them.

The network can then predict "none of these" too (Hendrycks et al., "Deep Anomaly Detection with
Outlier Exposure", ICLR 2019).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.inference.calibration import fit_weights
from fmnist.training.synthetic.icons import SOURCES, load_icons
from fmnist.training.synthetic.material import (
    Material,
    cached,
    drawing_material,
    ood_material,
    targets,
)
from fmnist.training.synthetic.photos import held_out_photos, photo_material
from fmnist.training.tasks.distillation import asked_seconds, check_teachers, taught
from fmnist.training.tasks.learnt import check_start, start
from fmnist.training.tasks.task import (
    MATERIAL,
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


class Mixture(Task):
    """Training on what people bring, beside a data set."""

    summary = "The data set, photos, drawings and other things"
    needs = ("photos",)
    takes = ("start_from", "teacher", "cutmix")
    of_fashion = True

    def check(self, configuration: "Configuration") -> None:
        """Raise ModelError as ``check_teachers`` and ``check_start``."""
        check_teachers(configuration)
        check_start(configuration)

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Load the images and make what is mixed in, from training images alone.

        With teachers, what they say of the data set's images takes the place of the labels.

        Raises:
            InputError: if there are no photos in the folder, or no icons are to be had: without
                them the recipe would make another model.
            ModelError: as ``taught``.
        """
        from fmnist.training.batches import MixtureBatches

        configuration = run.configuration
        class_names = DATASETS[configuration.dataset].class_names
        training, validation = split_images(run, tell, len(class_names) + 1)

        def make() -> dict:
            tell("Bringing the photos to 28×28 and making drawings")
            return gather(training, class_names, Path(configuration.photos), configuration.seed)

        materials = cached(run.folder / MATERIAL, make)
        batches = partial(MixtureBatches, configuration, training, materials)
        return TrainingData(
            batches=taught(run, batches, tell) if configuration.teacher else batches,
            validation=validation,
            n=len(training[0]),
            num_outputs=len(class_names) + 1,
            sets=True,
            start=start(configuration, len(class_names) + 1),
        )

    def measure(self, run: "Run", model: "keras.Model", data: TrainingData) -> Measured:
        """Measure also how it is best weighed with the photo model, on held-out photos.

        Without a photo model, or without held-out photos, the weights stay as they are by default.
        """
        asked = asked_seconds(run) if run.configuration.teacher else 0.0
        measured = super().measure(run, model, data)
        measured = replace(measured, sources=SOURCES, preparation_seconds=asked)
        class_names = DATASETS[run.configuration.dataset].class_names
        photos, images, of_photo = held_out_photos(Path(run.configuration.photos), class_names)
        if not len(photos):
            return measured
        sides = outputs_of(model, images), outputs_of(model, images[:, :, ::-1])
        right = targets([photo.classes for photo in photos], len(class_names))
        # Of whole photos of people the answer is one of many, and of boxes it is often a guess.
        brought = np.array([not photo.worn and photo.box is None for photo in photos])
        sources = np.array([photo.source for photo in photos])
        weights = fit_weights(
            np.mean(sides, axis=0)[brought], of_photo[brought], right[brought], sources[brought]
        )
        return replace(measured, weights=weights)


def gather(
    examples: tuple[NDArray[np.uint8], NDArray[np.float32]],
    class_names: Sequence[str],
    photos: Path,
    seed: int,
) -> dict[str, Material]:
    """Make all that is mixed in, in some minutes: most of them for the photos.

    Args:
        examples: the training images, uint8 ``(n, 28, 28)``, and their targets.
        class_names: the names of the classes.
        photos: a folder of photos, a sub-folder for each kind of garment.
        seed: decides what is drawn and made up.

    Raises:
        InputError: if there are no photos in the folder, or no icons are to be had.
    """
    icons = load_icons()
    familiar, other = photo_material(photos, class_names)
    random = np.random.default_rng(seed)
    return {
        "photos": familiar,
        "other photos": other,
        "drawings": drawing_material(examples, random, icons=icons),
        "ood images": ood_material(examples[0], len(class_names), random, icons=icons),
    }
