"""The figures of a folder of drawings, for people and as JSON."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fmnist.datasets import Dataset
from fmnist.evaluation.labelled_drawings import Drawings, labelled_folders
from fmnist.evaluation.left_out import left_out
from fmnist.evaluation.metrics import FolderEvaluation, evaluate_folders, or_none, written
from fmnist.inference.ensemble import Ensemble, Prediction
from fmnist.preprocessing import InputError


@dataclass(frozen=True)
class DrawingReport:
    """The figures of a folder of drawings, for people and as JSON.

    Attributes:
        class_names: what the model can predict.
        drawings: what was measured, and what was left out.
        evaluation: its rows are the folders of drawings.
        unreadable: a sentence for each drawing that cannot be read.
    """

    class_names: tuple[str, ...]
    drawings: Drawings
    evaluation: FolderEvaluation
    unreadable: list[str]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them; None where there is nothing to measure."""
        evaluation = self.evaluation
        folders = {
            folder.name: {
                "classes": [self.class_names[index] for index in sorted(folder.classes)],
                "n": int(n),
                "accuracy": or_none(accuracy),
                "predicted": dict(zip(self.class_names, row.tolist(), strict=True)),
            }
            for folder, n, accuracy, row in self._rows()
        }
        return {
            "n": int(evaluation.n.sum()),
            "balanced_accuracy": or_none(evaluation.balanced_accuracy),
            "auroc": or_none(evaluation.auroc),
            "folders": folders,
            "unreadable": self.unreadable,
            "unknown_folders": self.drawings.unknown,
            "loose_drawings": self.drawings.loose,
            "nested_folders": self.drawings.nested,
        }

    def metrics(self) -> dict[str, float]:
        """Return the means that could be measured, by their names on a model's card."""
        metrics = {"balanced_accuracy": self.evaluation.balanced_accuracy}
        metrics["auroc"] = self.evaluation.auroc
        return {f"drawing_{name}": x for name, x in metrics.items() if not math.isnan(x)}

    def lines(self) -> Iterator[str]:
        """Say the figures in lines: the means, then each folder and what was predicted there."""
        evaluation = self.evaluation
        yield f"{evaluation.n.sum():,} drawings"
        yield f"balanced accuracy {written(evaluation.balanced_accuracy)}"
        yield f"AUROC             {written(evaluation.auroc)}  (none of the classes, by OOD score)"
        width = max(len(folder.name) for folder in self.drawings.folders)
        for folder, n, accuracy, row in self._rows():
            predicted = ", ".join(
                f"{self.class_names[index]} {row[index]}"
                for index in np.argsort(-row, kind="stable")
                if row[index]
            )
            yield f"  {folder.name:{width}}  {n:5,}  {written(accuracy)}  {predicted}".rstrip()
        if self.unreadable:
            yield f"{len(self.unreadable):,} could not be read and do not count:"
            yield from (f"  {sentence}" for sentence in self.unreadable)
        yield from left_out(
            "drawings",
            unknown=self.drawings.unknown,
            loose=self.drawings.loose,
            nested=self.drawings.nested,
        )

    def _rows(self) -> zip:
        evaluation = self.evaluation
        return zip(
            self.drawings.folders,
            evaluation.n,
            evaluation.accuracy,
            evaluation.confusion_matrix,
            strict=True,
        )


def measure_drawings(
    root: Path,
    ensemble: Ensemble,
    dataset: Dataset,
    track: Callable[[Sequence], Iterable] = iter,
) -> DrawingReport:
    """Let a model predict all drawings in a folder's sub-folders and files of strokes.

    Args:
        root: the folder.
        ensemble: who predicts.
        dataset: whose classes it can predict, and whose pipeline the drawings take.
        track: iterates over the drawings and shows how far it is.

    Raises:
        InputError: as ``labelled_folders``, or when not one of the drawings can be read.
    """
    found = labelled_folders(root, dataset)
    folders = found.folders
    drawings = [(place, read) for place, folder in enumerate(folders) for read in folder.drawings]
    predictions: list[list[Prediction]] = [[] for _ in folders]
    unreadable = []
    for place, read in track(drawings):
        try:
            predictions[place].append(ensemble.predict(read()))
        except InputError as error:
            unreadable.append(str(error))
    if len(unreadable) == len(drawings):
        raise InputError(f"None of the drawings in {root} can be read. {unreadable[0]}")
    classes, names = [folder.classes for folder in folders], dataset.class_names
    evaluation = evaluate_folders(
        classes,
        [np.reshape([p.probabilities for p in row], (-1, len(names))) for row in predictions],
        [np.array([p.ood_score for p in row]) for row in predictions],
    )
    return DrawingReport(names, found, evaluation, unreadable)
