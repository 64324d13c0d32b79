"""Real pictures in folders named after what they show, and what a shipped model makes of them."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure, NotMeasuredError
from fmnist.datasets import DATASETS
from fmnist.evaluation.folder_metrics import FolderEvaluation, evaluate_folders
from fmnist.evaluation.labelled_folder import classes_of
from fmnist.inference.ensemble import Observer
from fmnist.models import default_store, preferred
from fmnist.preprocessing import Picture, Seen

# A way from a picture to what the models see; None where nothing is left of it.
Way = Callable[[Picture], Seen | None]

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

    def seen(self, way: Way) -> list[list[Seen]]:
        """Bring every picture to the models' forms, folder by folder."""
        blank = Seen(np.zeros((28, 28), np.uint8))
        return [[way(picture) or blank for picture in pictures] for pictures in self.pictures]

    def evaluate(
        self, model: str, seen: list[list[Seen]], *, flips: bool = True
    ) -> FolderEvaluation:
        """Let a shipped model answer, after a look from both sides as on the pages, or from one."""
        looks = [[observer(model, flips=flips).predict(each) for each in folder] for folder in seen]
        return evaluate_folders(
            self.classes,
            [np.stack([probabilities for probabilities, _ in folder]) for folder in looks],
            [np.array([strangeness for _, strangeness in folder]) for folder in looks],
        )


def default() -> str:
    """Return the model that answers unless another is chosen."""
    return preferred(default_store().names())


@cache
def observer(model: str, *, flips: bool = True) -> Observer:
    """Load a shipped model, and what looks sharper beside it."""
    return Observer.load(default_store(), model, flips=flips)


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
