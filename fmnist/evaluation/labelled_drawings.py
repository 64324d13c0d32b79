"""Labelled drawings: sorted by what they show, each kind in a folder or a file of strokes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fmnist.datasets import Dataset
from fmnist.evaluation.left_out import counted
from fmnist.labelled_photos.folders import visible
from fmnist.labelled_photos.words import classes_named, names_expected
from fmnist.preprocessing import PIPELINES, READERS, InputError, ModelInputs, Pipeline
from fmnist.preprocessing.decode import FILE_TYPES, MAX_BYTES
from fmnist.preprocessing.strokes import read_stroke_drawing

# Reads one drawing; raises InputError, which names it.
Read = Callable[[], ModelInputs]


@dataclass(frozen=True)
class LabelledFolder:
    """Drawings of one kind of thing, read one by one when asked for.

    Attributes:
        name: as the folder, or the file of strokes, is called.
        classes: the indices of the classes that are right; empty for none of them.
        drawings: what reads each drawing.
    """

    name: str
    classes: frozenset[int]
    drawings: tuple[Read, ...]


@dataclass(frozen=True)
class Drawings:
    """What a folder of drawings holds.

    Attributes:
        folders: a kind each, in alphabetical order.
        unknown: names of folders and files of strokes that stand for no class: left out.
        loose: drawings beside the folders: left out too.
        nested: folders within those, named from the root: left out too.
    """

    folders: list[LabelledFolder] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)


def labelled_folders(root: Path, dataset: Dataset) -> Drawings:
    """List the folders and the files of drawings inside a folder.

    Args:
        root: the folder; its sub-folders hold image files, its ``.ndjson`` files a drawing a line.
        dataset: whose classes the model can predict, and whose pipeline the drawings take.

    Raises:
        InputError: a folder or file of strokes cannot be opened, or there are no drawings.
    """
    class_names, pipeline = dataset.class_names, PIPELINES[dataset.pipeline]
    found = Drawings()
    for path in visible(root):
        suffix, inside = path.suffix.lower(), []
        if path.is_dir():
            name, drawings = path.name, _images(path, pipeline)
            inside = [each for each in visible(path) if each.is_dir()]
        elif suffix == ".ndjson":
            name, drawings = path.stem, _strokes(path, pipeline)
        else:
            if suffix[1:] in FILE_TYPES:
                found.loose.append(path.name)
            continue
        classes = classes_named(name, class_names)
        if classes is None:
            found.unknown.append(name)
            continue
        found.nested.extend(each.relative_to(root).as_posix() for each in inside)
        if listed := tuple(drawings):
            found.folders.append(LabelledFolder(name, classes, listed))
    if not found.folders:
        there = [*found.unknown, *found.nested]
        there += [counted("drawings", found.loose)] * bool(found.loose)
        raise InputError(
            f"There are no drawings in {root} to measure with. {names_expected(class_names)}"
            + (f"; found {', '.join(there)}." if there else ".")
        )
    return found


def _images(folder: Path, pipeline: Pipeline) -> Iterator[Read]:
    for path in visible(folder):
        if path.is_file():
            yield partial(_read_image, path, pipeline)


def _strokes(path: Path, pipeline: Pipeline) -> Iterator[Read]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield partial(read_stroke_drawing, line, f"{path.name}, line {number}", pipeline)


def _read_image(path: Path, pipeline: Pipeline) -> ModelInputs:
    try:
        with path.open("rb") as file:
            # One byte more than is read of a picture: enough to see that it is too large.
            return READERS["drawing"](file.read(MAX_BYTES + 1), path.name, pipeline)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
