"""Photos for the sharper look: held out, and drawn in batches."""

from dataclasses import replace

import keras
import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation.colour import distort
from fmnist.training.split import hold_out
from fmnist.training.synthetic.material import Material, balanced
from fmnist.training.synthetic.photos import VIEWS

# How much more often none of the classes is drawn than any set of them: it is many things.
_NONE = 1.5


def hold_out_photos(
    views: Material, share: float, limit: int | None = None
) -> tuple[Material, tuple[NDArray[np.uint8], NDArray[np.float32]]]:
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


class Crops(keras.utils.PyDataset):
    """One epoch after another of photos, distorted; a batch depends on seed, epoch and place alone.

    Every kind of garment is drawn as often as any other, so an epoch, as many steps as it takes to
    see each view once, sees some twice and some not at all.

    Args:
        material: the photos.
        batch_size: images a batch.
        seed: decides what is drawn and how it is distorted.
        epoch: the epoch to begin with.
    """

    def __init__(self, material: Material, *, batch_size: int, seed: int, epoch: int = 0) -> None:
        super().__init__()
        self._material, self._batch_size, self._seed = material, batch_size, seed
        self._epoch = epoch

    def __len__(self) -> int:
        return -(-len(self._material.images) // self._batch_size)

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return images float32 ``(n, 64, 64, 3)`` and targets ``(n, num_classes + 1)``."""
        random = np.random.default_rng((self._seed, self._epoch, index))
        material = self._material
        drawn = random.choice(len(material.images), self._batch_size, p=material.weights)
        images = distort(material.images[drawn], random)
        return images.astype(np.float32), material.targets[drawn]

    def on_epoch_end(self) -> None:
        """Draw anew."""
        self._epoch += 1
