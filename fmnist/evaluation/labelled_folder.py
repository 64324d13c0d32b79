"""Labelled folders: pictures sorted by what they show, each in a folder or a file of strokes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fmnist.datasets import Dataset
from fmnist.labelled_photos.folders import visible
from fmnist.labelled_photos.words import classes_of, plain, usual_words
from fmnist.preprocessing import PIPELINES, READERS, InputError, ModelInputs, Pipeline
from fmnist.preprocessing.decode import MAX_BYTES
from fmnist.preprocessing.strokes import read_stroke_drawing

# Reads one picture; raises InputError, which names it.
Read = Callable[[], ModelInputs]


@dataclass(frozen=True)
class LabelledFolder:
    """Pictures of one kind of thing, read one by one when asked for.

    Attributes:
        name: as the folder, or the file of strokes, is called.
        classes: the indices of the classes that are right; empty for none of them.
        pictures: what reads each picture.
    """

    name: str
    classes: frozenset[int]
    pictures: tuple[Read, ...]


def labelled_folders(
    root: Path, kind: str, dataset: Dataset
) -> tuple[list[LabelledFolder], list[str]]:
    """List the folders of pictures inside a folder; for drawings, files of strokes too.

    Args:
        root: the folder; its sub-folders hold image files, its ``.ndjson`` files a drawing a line.
        kind: "photo" or "drawing".
        dataset: whose classes the model can predict, and whose pipeline the pictures take.

    Returns:
        The folders in alphabetical order, and the names that stand for no class.

    Raises:
        InputError: a folder or file of strokes cannot be opened, or there are no pictures at all.
    """
    class_names, pipeline = dataset.class_names, PIPELINES[dataset.pipeline]
    found, unknown = [], []
    for path in visible(root):
        if path.is_dir():
            name, pictures = path.name, _images(path, kind, pipeline)
        elif kind == "drawing" and path.suffix.lower() == ".ndjson":
            name, pictures = path.stem, _drawings(path, pipeline)
        else:
            continue
        classes = classes_of(name, class_names)
        if classes is None:
            unknown.append(name)
        elif listed := tuple(pictures):
            found.append(LabelledFolder(name, classes, listed))
    if not found:
        own = ", ".join(map(plain, class_names))
        others = usual_words(class_names)
        raise InputError(
            f"There are no {kind}s in {root} to measure with. Expected a sub-folder of image "
            f"files for each class, named {own}"
            + (f", or {', '.join(others)}" if others else "")
            + (f"; found {', '.join(unknown)}." if unknown else ".")
        )
    return found, unknown


def _images(folder: Path, kind: str, pipeline: Pipeline) -> Iterator[Read]:
    for path in visible(folder):
        if path.is_file():
            yield partial(_read_image, path, kind, pipeline)


def _drawings(path: Path, pipeline: Pipeline) -> Iterator[Read]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield partial(read_stroke_drawing, line, f"{path.name}, line {number}", pipeline)


def _read_image(path: Path, kind: str, pipeline: Pipeline) -> ModelInputs:
    try:
        with path.open("rb") as file:
            # One byte more than is read of a picture: enough to see that it is too large.
            return READERS[kind](file.read(MAX_BYTES + 1), path.name, pipeline)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
