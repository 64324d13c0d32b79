"""Training images in batches: shuffled and augmented."""

import keras
import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation.cutmix import UNMIXED, CutMix
from fmnist.training.augmentation.geometric import AUGMENTATIONS, Augmentation
from fmnist.training.configuration import Configuration

Batch = tuple[NDArray[np.float32], NDArray[np.generic]]


class Batches(keras.utils.PyDataset):
    """The training images of one epoch after another, in an order that a seed decides.

    A batch depends on the seed, the epoch and its place alone, so that a run that goes on from
    its third epoch sees what it would have seen.

    Args:
        images: uint8 ``(n, 28, 28)``.
        labels: ``(n,)``, or probabilities ``(n, num_classes)``.
        batch_size: images a batch; the last one has what is left.
        augmentation: what is done to each batch.
        mix: what is then done to it; if anything, labels have to be probabilities.
        seed: decides the order and the augmentation.
        epoch: the epoch to begin with.
    """

    def __init__(
        self,
        images: NDArray[np.uint8],
        labels: NDArray[np.generic],
        *,
        batch_size: int,
        augmentation: Augmentation,
        mix: CutMix = UNMIXED,
        seed: int,
        epoch: int = 0,
    ) -> None:
        super().__init__()
        self._images, self._labels = images, labels
        self.batch_size, self._augmentation, self._seed = batch_size, augmentation, seed
        self._mix = mix
        self._begin(epoch)

    @classmethod
    def of(
        cls,
        configuration: Configuration,
        images: NDArray[np.uint8],
        labels: NDArray[np.generic],
        epoch: int = 0,
    ) -> "Batches":
        """Make the batches that a configuration asks for."""
        return cls(
            images,
            labels,
            batch_size=configuration.batch_size,
            augmentation=AUGMENTATIONS[configuration.augmentation],
            mix=CutMix(configuration.cutmix, configuration.epochs),
            seed=configuration.seed,
            epoch=epoch,
        )

    def __len__(self) -> int:
        return -(-len(self._labels) // self.batch_size)

    def __getitem__(self, index: int) -> Batch:
        """Return images float32 ``(n, 28, 28)`` of 0–255 and their labels."""
        chosen = self._order[index * self.batch_size : (index + 1) * self.batch_size]
        random = np.random.default_rng((self._seed, self._epoch, index))
        images = self._augmentation(self._images[chosen], random)
        images, labels = self._mix(images, self._labels[chosen], random, self._epoch)
        return images.astype(np.float32), labels

    def on_epoch_end(self) -> None:
        """Shuffle anew."""
        self._begin(self._epoch + 1)

    def _begin(self, epoch: int) -> None:
        self._epoch = epoch
        self._order = np.random.default_rng((self._seed, epoch)).permutation(len(self._labels))
