"""Photos: a network learns from photos in colour alone, to predict beside one of 28×28 pixels."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fmnist.datasets import DATASETS
from fmnist.inference.ood import LEAST_THRESHOLD
from fmnist.preprocessing import PHOTO_SIDE
from fmnist.training.split import hold_out
from fmnist.training.synthetic.material import Material, balanced, cached, photo_views
from fmnist.training.synthetic.photos import VIEWS
from fmnist.training.tasks.task import MATERIAL, Examples, Measured, Task, Tell, TrainingData

if TYPE_CHECKING:
    import keras

    from fmnist.training.run import Run

# How much more often none of the classes is drawn than any set of them: it is many things.
_NONE = 1.5


class Photos(Task):
    """Training on photos; there are no test images of them."""

    summary = "Photos in colour, instead of the data set"
    needs = ("photos",)
    of_photos = of_fashion = True
    repeatable = False

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Cut the clothes out of the photos and hold some out.

        Raises:
            InputError: if there are no photos in the folder.
        """
        from fmnist.training.batches import PhotoBatches

        configuration = run.configuration
        class_names = DATASETS[configuration.dataset].class_names

        def make() -> dict[str, Material]:
            tell(f"Cutting the clothes out of the photos, at {PHOTO_SIDE}×{PHOTO_SIDE}")
            images, rows = photo_views(Path(configuration.photos), class_names, "photo")
            return {"photos": balanced(images, rows)}

        views = cached(run.folder / MATERIAL, make)["photos"]
        share, limit = configuration.validation_share, configuration.limit
        training, validation = hold_out_photos(views, share, limit)
        return TrainingData(
            batches=partial(PhotoBatches, configuration, training),
            validation=validation,
            n=len(training.images),
            num_outputs=views.targets.shape[1],
            sets=True,
        )

    def measure(self, run: "Run", model: "keras.Model", data: TrainingData) -> Measured:
        """Note which sets of classes it was shown; nothing is evaluated."""
        views = cached(run.folder / MATERIAL)["photos"]
        sets = (tuple(np.flatnonzero(row).tolist()) for row in np.unique(views.targets, axis=0))
        num_classes = data.num_outputs - 1
        return Measured(
            split={"train": data.n, "validation": len(data.validation[0])},
            # What is more probably none of the classes than one of them is none.
            ood_threshold=LEAST_THRESHOLD,
            sets=tuple(right for right in sets if num_classes not in right),
        )


def hold_out_photos(
    views: Material, share: float, limit: int | None = None
) -> tuple[Material, Examples]:
    """Draw the photos to choose by, the same share of every kind of garment.

    Args:
        views: ``VIEWS`` of each photo, one photo after another.
        share: share of the photos to hold out, 0 ≤ share < 1.
        limit: use only so many of the photos; None for all.

    Returns:
        All views of the photos to train on, none of the classes weighed as it is to be drawn; and
        of those held out, images and targets as the app sees them.

    Raises:
        ValueError: if no photo is left to train on.
    """
    firsts = np.arange(0, len(views.images), VIEWS)
    _, kinds = np.unique(views.targets[firsts], axis=0, return_inverse=True)
    training, held_out = hold_out(kinds.reshape(-1).astype(np.uint8), share, limit)
    if not len(training):
        raise ValueError(
            f"Of {len(firsts)} photos, none is left to train on: "
            "lower the validation share or raise the limit."
        )
    chosen = (firsts[training, None] + np.arange(VIEWS)).reshape(-1)
    drawn = balanced(views.images[chosen], views.targets[chosen])
    weights = drawn.weights * np.where(drawn.targets[:, -1] == 1, _NONE, 1)
    shown = firsts[held_out]
    training_views = replace(drawn, weights=weights / weights.sum())
    return training_views, (views.images[shown], views.targets[shown])
