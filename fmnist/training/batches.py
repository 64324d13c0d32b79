"""Batches: what a network sees, an epoch at a time.

A batch depends on the seed, the epoch and its index alone, so that a run that goes on from its
third epoch sees what it would have seen.
"""

from collections.abc import Mapping, Sequence

import keras
import numpy as np
from numpy.typing import NDArray

from fmnist.training.augmentation import AUGMENTATIONS
from fmnist.training.augmentation.cutmix import CutMix
from fmnist.training.augmentation.geometric import flip, flip_and_warp
from fmnist.training.augmentation.photometric import distort
from fmnist.training.configuration import Configuration
from fmnist.training.synthetic.material import Material
from fmnist.training.tasks.task import Examples

# Images float32 (n, 28, 28) or (n, side, side, 3) of 0–255, and targets float32 (n, num_outputs).
Batch = tuple[NDArray[np.float32], NDArray[np.float32]]


class Epochs(keras.utils.PyDataset):
    """One epoch after another of batches.

    Args:
        epoch: the epoch to begin with.
    """

    def __init__(self, epoch: int) -> None:
        super().__init__()
        self._epoch, self._begun = epoch, False

    def on_epoch_begin(self) -> None:
        """Go on to the next epoch, if there was one before.

        Keras says that an epoch has ended before the first one too, but only once that it begins.
        """
        self._epoch += self._begun
        self._begun = True


class Batches(Epochs):
    """One epoch after another of so many images, in an order that the seed decides.

    Args:
        n: number of images an epoch.
        batch_size: images a batch; the last one has what is left.
        seed: decides the order and all that is done to images.
        epoch: the epoch to begin with.
    """

    def __init__(self, n: int, *, batch_size: int, seed: int, epoch: int) -> None:
        super().__init__(epoch)
        self.n, self.batch_size, self._seed = n, batch_size, seed
        self._order = self._shuffled()

    def __len__(self) -> int:
        return -(-self.n // self.batch_size)

    def on_epoch_begin(self) -> None:
        """Shuffle anew."""
        super().on_epoch_begin()
        self._order = self._shuffled()

    def _shuffled(self) -> NDArray[np.intp]:
        return np.random.default_rng((self._seed, self._epoch)).permutation(self.n)

    def _chosen(self, index: int) -> NDArray[np.intp]:
        return self._order[index * self.batch_size : (index + 1) * self.batch_size]

    def _random(self, index: int) -> np.random.Generator:
        return np.random.default_rng((self._seed, self._epoch, index))


class AugmentedBatches(Batches):
    """Batches of a data set's images, augmented and mixed as a configuration says."""

    def __init__(self, configuration: Configuration, examples: Examples, epoch: int = 0) -> None:
        self._images, self._targets = examples
        self._augmentation = AUGMENTATIONS[configuration.augmentation]
        self._mix = CutMix(configuration.cutmix, configuration.epochs)
        super().__init__(
            len(self._images),
            batch_size=configuration.batch_size,
            seed=configuration.seed,
            epoch=epoch,
        )

    def __getitem__(self, index: int) -> Batch:
        """Return one batch."""
        chosen, random = self._chosen(index), self._random(index)
        images = self._augmentation(self._images[chosen], random)
        images, targets = self._mix(images, self._targets[chosen], random, self._epoch)
        return images.astype(np.float32), targets


class DistillationBatches(Epochs):
    """Batches whose targets are what a teacher predicted: the same few epochs, again and again.

    What comes in a batch beside the data set's images keeps its targets.

    Args:
        rounds: the batches of the epochs that the teacher has seen, the data set's images first.
        predictions: probabilities ``(rounds, n, num_classes)``, in the order of those batches.
        epoch: the epoch to begin with.
        mirror: whether every second time the images come mirrored, which makes twice as many of
            what the teacher was asked about once: a mirrored garment is the same garment.
    """

    def __init__(
        self,
        rounds: Sequence[Batches],
        predictions: NDArray[np.floating],
        epoch: int = 0,
        *,
        mirror: bool = False,
    ) -> None:
        super().__init__(epoch)
        self._rounds, self._predictions, self._mirror = rounds, predictions, mirror

    def __len__(self) -> int:
        return len(self._rounds[0])

    def __getitem__(self, index: int) -> Batch:
        """Return one batch."""
        time, place = divmod(self._epoch, len(self._rounds))
        images, targets = self._rounds[place][index]
        if self._mirror and time % 2:
            images = np.ascontiguousarray(images[:, :, ::-1])
        size = self._rounds[place].batch_size
        said = self._predictions[place, index * size : (index + 1) * size].astype(np.float32)
        taught = np.zeros_like(targets)
        taught[: len(said), : said.shape[1]] = said / said.sum(axis=1, keepdims=True)  # was rounded
        taught[len(said) :] = targets[len(said) :]
        return images, taught


# Shares of a batch. What is left are the data set's own images, each once an epoch. Photos are few:
# at 28×28 pixels many cannot be told, so that their loss outweighs the data set's, and the app asks
# the photo model about them too.
SHARES = {
    "photos": 0.06,
    "other photos": 0.015,
    "drawings": 0.1,
    "ood images": 0.08,
    "my images": 0.15,
}


class MixtureBatches(Batches):
    """Batches of a data set's images with others among them.

    The data set's come first. Half of them are only flipped, as the test images will not be
    distorted either; and some get a piece of another, if the configuration says so.

    Args:
        configuration: what to train and how.
        examples: the data set's.
        materials: what is mixed in, by the names of ``SHARES``.
        epoch: the epoch to begin with.
    """

    def __init__(
        self,
        configuration: Configuration,
        examples: Examples,
        materials: Mapping[str, Material],
        epoch: int = 0,
    ) -> None:
        self._images, self._targets = examples
        self._materials = materials
        self._mix = CutMix(configuration.cutmix, configuration.epochs)
        size = configuration.batch_size
        self._guests = {name: round(SHARES[name] * size) for name in materials}
        own = max(1, size - sum(self._guests.values()))
        super().__init__(len(self._images), batch_size=own, seed=configuration.seed, epoch=epoch)

    def __getitem__(self, index: int) -> Batch:
        """Return one batch."""
        chosen, random = self._chosen(index), self._random(index)
        parts = np.split(self._images[chosen], [len(chosen) // 2, len(chosen) * 15 // 16])
        changes = zip((flip, flip_and_warp, distort), parts, strict=True)
        own = np.concatenate([change(part, random) for change, part in changes])
        mixed = self._mix(own, self._targets[chosen], random, self._epoch)
        images, targets = [mixed[0]], [mixed[1]]
        for name, n in self._guests.items():
            material = self._materials[name]
            drawn = random.choice(len(material.images), n, p=material.weights)
            images.append(distort(material.images[drawn], random))
            targets.append(material.targets[drawn])
        return np.concatenate(images).astype(np.float32), np.concatenate(targets)
