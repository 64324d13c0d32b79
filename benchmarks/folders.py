"""Real pictures in folders named after what they show, and what a model predicts for them."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from benchmarks.figure import Figure, NotMeasuredError
from fmnist.datasets import DATASETS
from fmnist.evaluation.metrics import FolderEvaluation, evaluate_folders
from fmnist.evaluation.significance import Share
from fmnist.inference.ensemble import Ensemble
from fmnist.labelled_photos.words import classes_of
from fmnist.models import default_store, preferred
from fmnist.preprocessing import ModelInputs, Picture

# From a picture to what the models take; None where nothing is left of it.
Preprocess = Callable[[Picture], ModelInputs | None]

CLASS_NAMES = DATASETS["fashion-mnist"].class_names
# Has seen Fashion-MNIST and nothing else: whatever it gets right, preprocessing has earned.
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

    def preprocessed(self, preprocess: Preprocess) -> list[list[ModelInputs]]:
        """Bring every picture to the models' forms, folder by folder."""
        blank = ModelInputs(np.zeros((28, 28), np.uint8))
        return [[preprocess(p) or blank for p in pictures] for pictures in self.pictures]

    def evaluate(
        self, model: str, inputs: list[list[ModelInputs]], *, flips: bool = True
    ) -> FolderEvaluation:
        """Let a shipped model predict, from both sides as on the pages, or from one."""
        who = ensemble(model, flips=flips)
        predictions = [[who.predict(each) for each in folder] for folder in inputs]
        return evaluate_folders(
            self.classes,
            [np.stack([each.probabilities for each in folder]) for folder in predictions],
            [np.array([each.ood_score for each in folder]) for folder in predictions],
        )


def default() -> str:
    """Return the model that predicts unless another is chosen."""
    return preferred(default_store().names())


@cache
def ensemble(model: str, *, flips: bool = True) -> Ensemble:
    """Load a shipped model, and the photo model beside it."""
    return Ensemble.load(default_store(), model, flips=flips)


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


def counted(
    what: str,
    share: Share,
    target: float | None = None,
    better: Literal["low", "high"] = "high",
) -> Figure:
    """Return a share with how many it was counted in, and its interval."""
    interval = share.low, share.high
    return Figure(what, share.value, "", target, better=better, n=share.n, interval=interval)
