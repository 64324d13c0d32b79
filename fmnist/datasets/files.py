"""The files that may hold a split, in whichever form and folder they lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.formats import (
    PARTS,
    SPLITS,
    Content,
    Part,
    SplitName,
    archive,
    idx,
    kaggle,
    npz,
)


class DamagedFileError(ValueError):
    """A file that is there and is not what it should be; its text is a whole sentence.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path, problem: object) -> None:
        super().__init__(f"{path.name} {problem}")
        self.path = path


class MissingFileError(Exception):
    """One file of a pair is there and the other is not; the text names the missing one."""


@dataclass(frozen=True)
class Files:
    """The files that together hold one split; one path twice where one file holds both parts."""

    split: SplitName
    images: Path
    labels: Path

    def read(self, class_names: Sequence[str] = ()) -> Content:
        """Read the split, whichever form it is in.

        Args:
            class_names: what a table may have in place of labels, in their order.

        Raises:
            DamagedFileError: if a file is cut off, damaged or not what its name says.
            OSError: if a file cannot be opened.
        """
        try:
            if self.images != self.labels:
                return Content(read_part(self.images, "images"), read_part(self.labels, "labels"))
            with self.images.open("rb") as stream:
                if self.images.suffix == ".npz" or archive.is_archive(stream):
                    return archive.read(stream, self.split, class_names)
                return kaggle.read(stream, class_names)
        except DamagedFileError:
            raise
        except ValueError as error:
            raise DamagedFileError(self.images, error) from error


def read_part(path: Path, part: Part) -> NDArray[np.uint8]:
    """Read an IDX file of images, uint8 ``(n, 28, 28)``, or of labels, uint8 ``(n,)``.

    Raises:
        DamagedFileError: if the file is cut off, damaged or holds the other part.
        OSError: if it cannot be opened.
    """
    with path.open("rb") as stream:
        try:
            found, array = idx.read(stream)
        except ValueError as error:
            raise DamagedFileError(path, error) from error
    if found != part:
        raise DamagedFileError(path, f"holds {found}; expected {part}, as its name says")
    return array


def find_anywhere(top: Path, dataset: str, split: SplitName) -> Iterator[Files]:
    """Yield the files that may hold a split from a folder in which a person has put data sets.

    Args:
        top: the folder. In it, or it itself, may be one named after the data set, however that is
            written: torchvision's ``FashionMNIST/raw`` too. Files that are named after the data
            set may lie in ``top`` as well.
        dataset: the data set's name.
        split: which half to look for.

    Raises:
        MissingFileError: once all have been yielded, as ``find``.
        OSError: if a folder cannot be opened.
    """
    missing = []
    for folder in folders_of(top, dataset):
        try:
            yield from find(folder, dataset, split)
        except MissingFileError as error:
            missing.append(str(error))
        yield from _archives(folder, dataset, split)
    yield from _named_files(top, dataset, split)
    yield from _archives(top, dataset, split)
    if missing:
        raise MissingFileError("; ".join(missing))


def holds(top: Path, dataset: str) -> bool:
    """Tell whether a folder of data sets has anything of one.

    Raises:
        OSError: if there is no such folder, or it cannot be opened.
    """
    named = (
        files
        for split in SPLITS
        for look in (_named_files, _archives)
        for files in look(top, dataset, split)
    )
    return next(folders_of(top, dataset), None) is not None or next(named, None) is not None


def folders_of(folder: Path, dataset: str, inside: bool = False) -> Iterator[Path]:
    """Yield the folders named after a data set, and ``raw`` in them, the plainest name first."""
    inside = inside or _alike(folder.name, dataset)
    if inside:
        yield folder
    for child in sorted(folder.iterdir(), key=lambda path: (path.name != dataset, path.name)):
        if (_alike(child.name, dataset) or (inside and child.name == "raw")) and child.is_dir():
            yield from folders_of(child, dataset, inside)


def _alike(name: str, dataset: str) -> bool:
    return "".join(filter(str.isalnum, name.lower())) == dataset.replace("-", "")


def find(folder: Path, dataset: str, split: SplitName) -> Iterator[Files]:
    """Yield the files in a folder that may hold a split, the publisher's own form first.

    Args:
        folder: where to look.
        dataset: the data set's name, which Kaggle and Keras give to their files.
        split: which half to look for.

    Raises:
        MissingFileError: once every form has been yielded, if one file of the IDX pair is there
            and the other is not; its text names the missing file.
    """
    pair = {part: _idx_file(folder, split, part) for part in PARTS}
    images, labels = pair["images"], pair["labels"]
    if images and labels:
        yield Files(split, images, labels)
    yield from _named_files(folder, dataset, split)
    # Keras keeps its archive beside the folder, not in it.
    if (arrays := folder.parent / npz.name(dataset)).is_file():
        yield Files(split, arrays, arrays)
    if (images is None) != (labels is None):
        missing = next(part for part in PARTS if pair[part] is None)
        raise MissingFileError(f"{idx.name(split, missing)}.gz is missing in {folder}")


def _named_files(folder: Path, dataset: str, split: SplitName) -> Iterator[Files]:
    table = kaggle.name(dataset, split)
    for name in (table, f"{table}.gz", f"{table}.zip", npz.name(dataset)):
        if (path := folder / name).is_file():
            yield Files(split, path, path)


def _archives(folder: Path, dataset: str, split: SplitName) -> Iterator[Files]:
    """Yield what Kaggle sends if one asks for all: archive.zip, or named after the data set."""
    for path in sorted(folder.glob("*.zip")):
        named = _alike(path.stem, dataset)
        if named or (
            path.name.startswith("archive") and archive.has(path, kaggle.name(dataset, split))
        ):
            yield Files(split, path, path)


def _idx_file(folder: Path, split: SplitName, part: Part) -> Path | None:
    candidates = (folder / name for name in idx.spellings(split, part))
    return next((path for path in candidates if path.is_file()), None)
