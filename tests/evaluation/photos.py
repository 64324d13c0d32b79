"""Labelled photos without files, and predictions for them, to score by hand."""

from pathlib import Path

import numpy as np

from fmnist.inference.ensemble import Prediction
from fmnist.labelled_photos import LabelledPhoto


def labelled(
    source: str, *classes: int, group: str = "", worn: bool = False, part: bool = False
) -> LabelledPhoto:
    box = (0, 0, 1, 1) if part else None
    return LabelledPhoto(Path(), "", source, group, frozenset(classes), True, box, worn)


def predicted(label: int, ood_score: float = 0.1) -> Prediction:
    return Prediction(np.eye(10, dtype=np.float32)[label], ood_score)
