"""Labelled folders: pictures sorted by what they show, and which classes a name stands for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fmnist.datasets import Dataset
from fmnist.preprocessing import PIPELINES, READERS, InputError, ModelInputs, Pipeline
from fmnist.preprocessing.decode import MAX_BYTES
from fmnist.preprocessing.strokes import read_stroke_drawing

# The folder in which the app itself keeps what is none of the ten.
NONE = "none-of-the-ten"
# What people call what they wear, and which of Fashion-MNIST's classes are right for it: often
# one, for shoes any of three, for what is none of the ten no class at all. A class's own name,
# as in “ankle-boot”, is understood without a line here.
CLASSES_OF: dict[str, tuple[str, ...]] = {
    "t-shirt": ("T-shirt/top",),
    "pants": ("Trouser",),
    "longsleeve": ("Pullover",),
    "sweater": ("Pullover",),
    "outwear": ("Coat",),
    "jacket": ("Coat",),
    "flip-flops": ("Sandal",),
    "purse": ("Bag",),
    "shoe": ("Sandal", "Sneaker", "Ankle boot"),
    "shoes": ("Sandal", "Sneaker", "Ankle boot"),
    "hat": (),
    "shorts": (),
    "skirt": (),
    NONE: (),
}
NONE_PREFIX = "not-in-the-ten-"

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


def classes_of(name: str, class_names: Sequence[str]) -> frozenset[int] | None:
    """Tell which classes a folder's name stands for; None for a name that nobody knows."""
    name = plain(name)
    if name.startswith(NONE_PREFIX):
        return frozenset()
    own = {plain(class_name): (class_name,) for class_name in class_names}
    found = (CLASSES_OF | own).get(name)
    if found is None or not set(found) <= set(class_names):
        return None
    return frozenset(map(class_names.index, found))


def plain(name: str) -> str:
    """Write a name as folders are called: ``T-shirt/top`` is ``t-shirt-top``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


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
    for path in _visible(root):
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
        others = [name for name in CLASSES_OF if classes_of(name, class_names)]
        raise InputError(
            f"There are no {kind}s in {root} to measure with. Expected a sub-folder of image "
            f"files for each class, named {own}"
            + (f", or {', '.join(others)}" if others else "")
            + (f"; found {', '.join(unknown)}." if unknown else ".")
        )
    return found, unknown


def _images(folder: Path, kind: str, pipeline: Pipeline) -> Iterator[Read]:
    for path in _visible(folder):
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


def _visible(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputError(f"{folder} cannot be opened: {error.strerror}.") from error
