"""Real pictures in folders named after what they show, and what a shipped model makes of them."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.figure import Figure, NotMeasuredError
from fmnist.classifier import Classifier
from fmnist.datasets import DATASETS
from fmnist.folder_evaluation import FolderEvaluation, evaluate_folders
from fmnist.inputs import Picture
from fmnist.labelled_folder import classes_of
from fmnist.models import default_store, preferred

# A way from a picture to uint8 (28, 28); None where nothing is left of it.
Way = Callable[[Picture], Picture | None]

CLASS_NAMES = DATASETS["fashion-mnist"].class_names
# Has seen Fashion-MNIST and nothing else: whatever it gets right, the way to 28×28 has earned.
PLAIN = "cnn"


@dataclass(frozen=True)
class Folders:
    """Pictures by what they show.

    Attributes:
        classes: for each folder the indices of the classes that are right; empty for none.
        pictures: for each folder its pictures, of whatever size.
    """

    classes: list[frozenset[int]]
    pictures: list[list[Picture]]

    @classmethod
    def of(cls, found: Mapping[str, list[Picture]]) -> "Folders":
        """Take folders by name; those whose name stands for no class are left out."""
        named = {name: classes_of(name, CLASS_NAMES) for name in found}
        known = {name: classes for name, classes in named.items() if classes is not None}
        return cls(list(known.values()), [found[name] for name in known])

    def images(self, way: Way) -> list[NDArray[np.uint8]]:
        """Bring every picture to the model's form: for each folder uint8 ``(n, 28, 28)``."""
        blank = np.zeros((28, 28), np.uint8)
        made = [[way(picture) for picture in pictures] for pictures in self.pictures]
        return [
            np.stack([blank if image is None else image for image in images]) for images in made
        ]

    def evaluate(
        self, model: str, images: list[NDArray[np.uint8]], *, flips: bool = True
    ) -> FolderEvaluation:
        """Let a shipped model answer, after a look from both sides as on the pages, or from one."""
        answers = [classifier(model).predict(each, flips=flips) for each in images]
        return evaluate_folders(self.classes, [a for a, _ in answers], [u for _, u in answers])


def default() -> str:
    """Return the model that answers unless another is chosen."""
    return preferred(default_store().names())


@cache
def classifier(model: str) -> Classifier:
    """Load a shipped model."""
    store = default_store()
    return Classifier(store.twin(model), len(CLASS_NAMES), store.card(model).temperature)


def folder_of(variable: str, inside: str = ".") -> Path:
    """Return the folder that an environment variable names, or one inside it.

    Raises:
        NotMeasuredError: if there is none.
    """
    named = os.environ.get(variable)
    folder = Path(named or "", inside)
    if not named or not folder.is_dir():
        raise NotMeasuredError(f"{variable} names no folder of real pictures to measure with.")
    return folder


def share(what: str, value: float, target: float | None = None) -> Figure:
    """Return a figure of 0–1, the higher the better."""
    return Figure(what, value, "", target, better="high")
