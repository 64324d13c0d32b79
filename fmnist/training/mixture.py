"""Batches in which a data set's images, photos, drawings and strangers are mixed."""

from collections.abc import Mapping

import keras
import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation.geometric import flip, flip_and_warp
from fmnist.training.augmentation.photometric import distort
from fmnist.training.batches import Batch
from fmnist.training.synthetic.material import Material

# Shares of a batch. What is left are the data set's own images, each once an epoch.
SHARES = {
    "photos": 0.19,
    "other photos": 0.047,
    "drawings": 0.1,
    "strangers": 0.07,
    "mine": 0.15,
}


class Mixture(keras.utils.PyDataset):
    """One epoch after another of a data set's images with others among them.

    A batch depends on the seed, the epoch and its place alone, as those of ``Batches``. Half of
    the data set's images are only flipped, as the test images will not be distorted either.

    Args:
        images: uint8 ``(n, 28, 28)``, the data set's.
        targets: float32 ``(n, num_classes + 1)``, see ``Material``.
        materials: what is mixed in, by the names of ``SHARES``.
        batch_size: images a batch.
        seed: decides the order and the distortion.
        epoch: the epoch to begin with.
    """

    def __init__(
        self,
        images: NDArray[np.uint8],
        targets: NDArray[np.generic],
        materials: Mapping[str, Material],
        *,
        batch_size: int,
        seed: int,
        epoch: int = 0,
    ) -> None:
        super().__init__()
        self._images, self._targets, self._materials, self._seed = images, targets, materials, seed
        self._guests = {name: round(SHARES[name] * batch_size) for name in materials}
        self._own = max(1, batch_size - sum(self._guests.values()))
        self._begin(epoch)

    def __len__(self) -> int:
        return -(-len(self._targets) // self._own)

    def __getitem__(self, index: int) -> Batch:
        """Return images float32 ``(n, 28, 28)`` of 0–255 and targets ``(n, num_classes + 1)``."""
        random = np.random.default_rng((self._seed, self._epoch, index))
        chosen = self._order[index * self._own : (index + 1) * self._own]
        parts = np.split(self._images[chosen], [len(chosen) // 2, len(chosen) * 15 // 16])
        changes = zip((flip, flip_and_warp, distort), parts, strict=True)
        images = [change(part, random) for change, part in changes]
        targets = [self._targets[chosen]]
        for name, n in self._guests.items():
            material = self._materials[name]
            drawn = random.choice(len(material.images), n, p=material.weights)
            images.append(distort(material.images[drawn], random))
            targets.append(material.targets[drawn])
        return np.concatenate(images).astype(np.float32), np.concatenate(targets)

    def on_epoch_end(self) -> None:
        """Shuffle anew."""
        self._begin(self._epoch + 1)

    def _begin(self, epoch: int) -> None:
        self._epoch = epoch
        self._order = np.random.default_rng((self._seed, epoch)).permutation(len(self._targets))
