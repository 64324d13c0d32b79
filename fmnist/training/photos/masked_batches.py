"""Batches of photos with masks: what the pixel decoder sees in training, and is validated on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fmnist.labelled_photos.masks import MaskedPhoto, PixelSets, set_of
from fmnist.preprocessing import PHOTO_SIDE, Picture
from fmnist.preprocessing.square import squared, squared_mask
from fmnist.training.augmentation.masked import (
    SEVERAL,
    ZOOMS,
    beside_each_other,
    placed,
    plain_ground,
    regrounded,
)
from fmnist.training.batches import Batches, Epochs
from fmnist.training.configuration import Configuration
from fmnist.training.photos.masked import SIDE, MaskedFrame, MaskedFrames

# Photos an epoch of each kind: people with a mask that people have made, garments that the app has
# outlined, and several of those beside each other.
STREET, OUTLINED, BESIDE = 3600, 1300, 900
# Of the ground a pixel counts so much, for it is most of every photo; of a garment the more, the
# fewer of its kind there are.
_GROUND, _GARMENT = 0.4, 1.2
_RARE = {"T-shirt/top": 2.0, "Pullover": 1.8, "Shirt": 1.4}

# Photos, float32 (n, side, side, 3); what is right at each pixel, float32 (n, side / 2, side / 2,
# num_outputs) of 0 and 1; and how much each pixel counts, float32 (n, side / 2, side / 2).
MaskedBatch = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


class MaskedBatches(Batches):
    """Batches of photos with masks, drawn from people's and from those that the app has made.

    Args:
        configuration: what to train and how.
        frames: all of them, those with people's masks first.
        people: how many have people's masks.
        grounds: photos to lay garments on, uint8 RGB of any size.
        class_names: the names of the classes.
        epoch: the epoch to begin with.
    """

    def __init__(
        self,
        configuration: Configuration,
        frames: MaskedFrames,
        people: int,
        grounds: Sequence[Picture],
        class_names: Sequence[str],
        epoch: int = 0,
    ) -> None:
        self._frames, self._people, self._grounds = frames, people, grounds
        self._flat = np.flatnonzero(frames.flat)
        self._num_outputs = len(class_names) + 2
        self._nothing = int(set_of({len(class_names) + 1}))
        weights = [_RARE.get(name, _GARMENT) for name in class_names]
        self._weights = np.array([*weights, _GARMENT, _GROUND], np.float32)
        outlined = OUTLINED if len(frames) > people else 0
        beside = BESIDE if len(self._flat) else 0
        self._kinds = np.repeat([0, 1, 2], [STREET, outlined, beside])
        super().__init__(
            len(self._kinds),
            batch_size=configuration.batch_size,
            seed=configuration.seed,
            epoch=epoch,
        )

    def __getitem__(self, index: int) -> MaskedBatch:
        """Return one batch."""
        random = self._random(index)
        frames = [self._frame(self._kinds[place], random) for place in self._chosen(index)]
        sets = np.stack([frame.sets for frame in frames])
        right = targets_of(sets, self._num_outputs)
        # Where anything may be right, nothing is learnt, so it matters little how much it counts.
        counts = right @ self._weights / right.sum(axis=-1)
        photos = np.stack([frame.pixels for frame in frames]).astype(np.float32)
        return photos, right, counts

    def _frame(self, kind: int, random: np.random.Generator) -> MaskedFrame:
        if kind == 0:
            frame = self._frames[int(random.integers(self._people))]
            return placed(frame, ZOOMS["worn"], PHOTO_SIDE, random)
        if kind == 1:
            index = int(random.integers(self._people, len(self._frames)))
            frame = self._frames[index]
            if self._frames.flat[index]:
                frame = regrounded(frame, self._ground(random), random)
            return placed(frame, ZOOMS["flat"], PHOTO_SIDE, random)
        several = random.choice(self._flat, random.integers(1, SEVERAL + 1))
        frames = [self._frames[place] for place in several]
        frame = beside_each_other(frames, self._ground(random), self._nothing, random)
        return placed(frame, ZOOMS["several"], PHOTO_SIDE, random)

    def _ground(self, random: np.random.Generator) -> Picture:
        if not self._grounds or random.random() < 0.5:
            return plain_ground(SIDE, random)
        ground = self._grounds[int(random.integers(len(self._grounds)))]
        return np.asarray(squared(ground, SIDE))


class HeldOutMasks(Epochs):
    """Held-out photos with their masks, as they are shown to a trained network.

    Args:
        photos: which.
        num_outputs: how many things a pixel can show.
        batch_size: of a batch.

    Attributes:
        sets: uint16 ``(n, side, side)``, what their pixels show.
    """

    def __init__(
        self, photos: Sequence[MaskedPhoto], num_outputs: int, batch_size: int = 31
    ) -> None:
        super().__init__(0)
        read = [photo.read() for photo in photos]
        nothing = int(set_of({num_outputs - 1}))
        self._photos = np.stack([squared(picture, PHOTO_SIDE) for picture, _ in read])
        self.sets = np.stack([squared_mask(mask, PHOTO_SIDE // 2, nothing) for _, mask in read])
        self._num_outputs, self._batch_size = num_outputs, batch_size

    def __len__(self) -> int:
        return -(-len(self.sets) // self._batch_size)

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return one batch."""
        those = slice(index * self._batch_size, (index + 1) * self._batch_size)
        photos = self._photos[those].astype(np.float32)
        return photos, targets_of(self.sets[those], self._num_outputs)


def targets_of(sets: PixelSets, num_outputs: int) -> NDArray[np.float32]:
    """Write sets as 0 and 1: float32, with another axis of ``num_outputs``."""
    return ((sets[..., None] >> np.arange(num_outputs, dtype=np.uint16)) & 1).astype(np.float32)
