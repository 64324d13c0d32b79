"""Which files in a folder hold a split, and reading them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.content import PARTS, Content, Part, SplitName
from fmnist.datasets.formats import idx, kaggle, npz


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

    def read(self) -> Content:
        """Read the split, whichever form it is in.

        Raises:
            DamagedFileError: if a file is cut off, damaged or not what its name says.
            OSError: if a file cannot be opened.
        """
        try:
            if self.images != self.labels:
                return Content(read_part(self.images, "images"), read_part(self.labels, "labels"))
            with self.images.open("rb") as stream:
                is_table = self.images.suffix == ".csv"
                return kaggle.read(stream) if is_table else npz.read(stream, self.split)
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
    # Keras keeps its archive beside the folder, not in it.
    archive = npz.name(dataset)
    for path in (folder / kaggle.name(dataset, split), folder / archive, folder.parent / archive):
        if path.is_file():
            yield Files(split, path, path)
    if (images is None) != (labels is None):
        missing = next(part for part in PARTS if pair[part] is None)
        raise MissingFileError(f"{idx.name(split, missing)}.gz is missing in {folder}")


def _idx_file(folder: Path, split: SplitName, part: Part) -> Path | None:
    name = idx.name(split, part)
    # The last one is the spelling of the copies that circulate outside the publisher's site.
    candidates = (f"{name}.gz", name, name.replace("-idx", ".idx"))
    return next((folder / name for name in candidates if (folder / name).is_file()), None)
