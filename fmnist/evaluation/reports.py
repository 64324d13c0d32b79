"""What ``evaluate`` says of a folder of photos or drawings."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from fmnist.datasets import Dataset
from fmnist.evaluation.figure import or_none, written
from fmnist.evaluation.folder_metrics import FolderEvaluation, evaluate_folders
from fmnist.evaluation.labelled_folder import LabelledFolder, labelled_folders
from fmnist.inference.ensemble import Observer
from fmnist.preprocessing import InputError


@dataclass(frozen=True)
class FolderReport:
    """The figures of a folder of photos or drawings, for people and as JSON.

    Attributes:
        kind: "photo" or "drawing".
        class_names: what the model can answer.
        folders: what was measured.
        evaluation: its rows are those folders.
        unreadable: a sentence for each picture that cannot be read.
        unknown: names of folders that stand for no class and were left out.
    """

    kind: str
    class_names: tuple[str, ...]
    folders: list[LabelledFolder]
    evaluation: FolderEvaluation
    unreadable: list[str]
    unknown: list[str]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them; None where there is nothing to measure."""
        found = self.evaluation
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
            "n": int(found.n.sum()),
            "balanced_accuracy": or_none(found.balanced_accuracy),
            "auroc": or_none(found.auroc),
            "folders": folders,
            "unreadable": self.unreadable,
            "unknown_folders": self.unknown,
        }

    def metrics(self) -> dict[str, float]:
        """Return the means that could be measured, by their names on a model's card."""
        found = {"balanced_accuracy": self.evaluation.balanced_accuracy}
        found["auroc"] = self.evaluation.auroc
        return {f"{self.kind}_{name}": x for name, x in found.items() if not math.isnan(x)}

    def lines(self) -> Iterator[str]:
        """Say the figures in lines: the means, then each folder and what was answered there."""
        found = self.evaluation
        yield f"{found.n.sum():,} {self.kind}s"
        yield f"balanced accuracy {written(found.balanced_accuracy)}"
        yield f"AUROC             {written(found.auroc)}  (none of the classes by unfamiliarity)"
        width = max(len(folder.name) for folder in self.folders)
        for folder, n, accuracy, row in self._rows():
            answers = ", ".join(
                f"{self.class_names[index]} {row[index]}"
                for index in np.argsort(-row, kind="stable")
                if row[index]
            )
            yield f"  {folder.name:{width}}  {n:5,}  {written(accuracy)}  {answers}".rstrip()
        if self.unreadable:
            yield f"{len(self.unreadable):,} could not be read and do not count:"
            yield from (f"  {sentence}" for sentence in self.unreadable)
        if self.unknown:
            yield f"Left out, as these names stand for no class: {', '.join(self.unknown)}."

    def _rows(self) -> zip:
        found = self.evaluation
        return zip(self.folders, found.n, found.accuracy, found.confusion_matrix, strict=True)


def measure_folders(root: Path, kind: str, observer: Observer, dataset: Dataset) -> FolderReport:
    """Let a model answer all pictures in a folder's sub-folders, with a progress bar.

    Args:
        root: the folder.
        kind: "photo" or "drawing".
        observer: who answers.
        dataset: whose classes it can answer, and whose way the pictures take.

    Raises:
        InputError: as ``labelled_folders``, or when not one of the pictures can be read.
    """
    class_names = dataset.class_names
    folders, unknown = labelled_folders(root, kind, dataset)
    console = Console(stderr=True)
    pictures = [(place, read) for place, folder in enumerate(folders) for read in folder.pictures]
    answers: list[list[np.ndarray]] = [[] for _ in folders]
    strangeness: list[list[float]] = [[] for _ in folders]
    unreadable = []
    for place, read in track(
        pictures,
        f"Reading {kind}s",
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ):
        try:
            probabilities, unfamiliarity = observer.predict(read())
        except InputError as error:
            unreadable.append(str(error))
            continue
        answers[place].append(probabilities)
        strangeness[place].append(unfamiliarity)
    if len(unreadable) == len(pictures):
        raise InputError(f"None of the {kind}s in {root} can be read. {unreadable[0]}")
    tables = [np.reshape(rows, (-1, len(class_names))) for rows in answers]
    evaluation = evaluate_folders(
        [folder.classes for folder in folders], tables, [np.array(s) for s in strangeness]
    )
    return FolderReport(kind, class_names, folders, evaluation, unreadable, unknown)
