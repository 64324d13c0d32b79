"""Batches of photos: what the photo model sees in training, and what it is validated on."""

from collections.abc import Sequence

import keras
import numpy as np
from numpy.typing import NDArray

from fmnist.labelled_photos import LabelledPhoto
from fmnist.preprocessing.model_inputs import BOX_MARGIN
from fmnist.preprocessing.square import squared
from fmnist.training.augmentation.photos import augment, blank
from fmnist.training.batches import Batch, Batches
from fmnist.training.configuration import Configuration
from fmnist.training.photos.frames import Frame
from fmnist.training.photos.sampling import BLANK, draw, frequencies
from fmnist.training.synthetic.material import targets

# Photos an epoch, or as many as there are. Some are drawn more than once and some not at all, so
# an epoch is a stretch of the way, not a round of all.
EPOCH_SIZE = 12_288
# Height and width of the photos in pixels. Most is learnt from smaller ones, in two thirds of the
# time; the last epochs see them as they are shown to the network once it is trained.
SIDE, LAST_SIDE, LAST_EPOCHS = 160, 192, 3
_HELD_OUT_BATCH = 32


class PhotoBatches(Batches):
    """Batches of photos, drawn by ``sampling`` and each changed by ``augmentation.photos``.

    Args:
        configuration: what to train and how.
        photos: what there is; held-out ones are left alone.
        frames: their pixels.
        num_classes: how many classes there are; the last target is for none of them.
        epoch: the epoch to begin with.
    """

    def __init__(
        self,
        configuration: Configuration,
        photos: Sequence[LabelledPhoto],
        frames: Sequence[Frame],
        num_classes: int,
        epoch: int = 0,
    ) -> None:
        self._frames, self._epochs = frames, configuration.epochs
        self._targets = targets([photo.classes for photo in photos], num_classes)
        self._grounds = [
            index
            for index, photo in enumerate(photos)
            if photo.group == "background" and not photo.held_out
        ]
        size, n = configuration.batch_size, sum(not photo.held_out for photo in photos)
        # Two at least, for the two sizes of photos, see below.
        n = max(2, min(EPOCH_SIZE, n) // size) * size
        self._often = frequencies(photos) * n
        super().__init__(n, batch_size=size, seed=configuration.seed, epoch=epoch)

    def __getitem__(self, index: int) -> Batch:
        """Return one batch."""
        chosen, random, side = self._chosen(index), self._random(index), self._side(index)
        pixels = np.empty((len(chosen), side, side, 3), np.float32)
        rows = np.zeros((len(chosen), self._targets.shape[1]), np.float32)
        for place, photo in enumerate(chosen):
            if photo == BLANK:
                pixels[place] = blank(side, random)
                rows[place, -1] = 1
                continue
            # Drawn for every photo, whether it is needed or not.
            ground = self._frames[random.choice(self._grounds)].pixels if self._grounds else None
            pixels[place] = augment(self._frames[photo], side, random, ground)
            rows[place] = self._targets[photo]
        return pixels, rows

    def _side(self, index: int) -> int:
        if not self._begun:
            # Before the first epoch Keras looks at two batches for the shape of all: one of each.
            return (SIDE, LAST_SIDE)[index % 2]
        return LAST_SIDE if self._epoch >= self._epochs - LAST_EPOCHS else SIDE

    def _shuffled(self) -> NDArray[np.intp]:
        return draw(self._often, self.n, np.random.default_rng((self._seed, self._epoch)))


class HeldOutPhotos(keras.utils.PyDataset):
    """Batches of photos as they are shown to a trained network, at ``LAST_SIDE``.

    Args:
        photos: what there is, of which the held-out ones are shown.
        frames: their pixels.
        num_classes: as in ``PhotoBatches``.

    Attributes:
        photos: the held-out ones.
        targets: float32 ``(n, num_classes + 1)``, 1 for each right class.
    """

    def __init__(
        self,
        photos: Sequence[LabelledPhoto],
        frames: Sequence[Frame],
        num_classes: int,
    ) -> None:
        super().__init__()
        self._indices = [index for index, photo in enumerate(photos) if photo.held_out]
        self.photos, self._frames = [photos[index] for index in self._indices], frames
        self.targets = targets([photo.classes for photo in self.photos], num_classes)

    def __len__(self) -> int:
        return -(-len(self._indices) // _HELD_OUT_BATCH)

    def __getitem__(self, index: int) -> Batch:
        """Return one batch."""
        those = slice(index * _HELD_OUT_BATCH, (index + 1) * _HELD_OUT_BATCH)
        frames = (self._frames[place] for place in self._indices[those])
        pixels = np.stack([squared(frame.within(BOX_MARGIN), LAST_SIDE) for frame in frames])
        return pixels.astype(np.float32), self.targets[those]
