"""Two models and what they say of the same test images."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import Split
from fmnist.evaluation.significance import Comparison, compare
from fmnist.ui.cache import ReadyModel, all_answers


@dataclass(frozen=True)
class Match:
    """Two models of one data set on its test images.

    Attributes:
        models: the first and the second.
        split: the n images.
        answers: what each says of them, float32 ``(n, num_classes)``.
        compared: who is right.
    """

    models: tuple[ReadyModel, ReadyModel]
    split: Split
    answers: tuple[NDArray[np.float32], NDArray[np.float32]]
    compared: Comparison

    @classmethod
    def of(cls, first: ReadyModel, second: ReadyModel, split: Split) -> "Match":
        """Ask both about every image; the first time, under a progress bar."""
        answers = all_answers(first), all_answers(second)
        return cls((first, second), split, answers, compare(split.labels, *answers))

    @property
    def names(self) -> tuple[str, str]:
        """What the models are called."""
        return self.models[0].name, self.models[1].name

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the classes are called, in label order."""
        return self.models[0].dataset.class_names
