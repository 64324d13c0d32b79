"""Batches that a teacher has answered: the same few epochs, again and again."""

from collections.abc import Sequence

import keras
import numpy as np
from numpy.typing import NDArray

from fmnist.training.batches import Batch, Batches


class Lessons(keras.utils.PyDataset):
    """One epoch after another of images and what a teacher said of them.

    Args:
        rounds: the batches of the epochs that the teacher has seen.
        answers: probabilities ``(rounds, n, num_classes)``, in the order of those batches.
        epoch: the epoch to begin with.
    """

    def __init__(
        self, rounds: Sequence[Batches], answers: NDArray[np.floating], epoch: int = 0
    ) -> None:
        super().__init__()
        self._rounds, self._answers, self._epoch = rounds, answers, epoch

    def __len__(self) -> int:
        return len(self._rounds[0])

    def __getitem__(self, index: int) -> Batch:
        """Return images float32 ``(n, 28, 28)`` of 0–255 and probabilities."""
        place = self._epoch % len(self._rounds)
        images, _ = self._rounds[place][index]
        start = index * self._rounds[place].batch_size
        answers = self._answers[place, start : start + len(images)].astype(np.float32)
        return images, answers / answers.sum(axis=1, keepdims=True)  # half precision has rounded

    def on_epoch_end(self) -> None:
        """Go on to the next round."""
        self._epoch += 1
