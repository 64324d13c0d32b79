"""The sources of a data set on this machine: where its files may lie, in the order tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist import settings, storage
from fmnist.datasets.checksums import Checksums
from fmnist.datasets.formats import PARTS, Content, Part, SplitName, idx, kaggle, npz


@dataclass(frozen=True)
class Source:
    """A folder that may hold a data set.

    Attributes:
        title: its name in words, for the interface.
        folder: where it is; None where the person has not said.
        absent: what to say when nothing is there, if there is more to say than that.
        any_content: whether to use content that is sound but not the publisher's.
        ours: whether we may set damaged files aside.
    """

    title: str
    folder: Path | None
    absent: str = ""
    any_content: bool = False
    ours: bool = False


@dataclass(frozen=True)
class FoundSplit:
    """A split that was found.

    Attributes:
        content: its images and labels.
        source: the title of the source where it was.
        path: the file with the images.
        verified: whether it is the publisher's.
    """

    content: Content
    source: str
    path: Path
    verified: bool


class NotFoundHereError(Exception):
    """A source has no usable copy of a split; its text says why."""


def sources(dataset: str, debian_package: str | None) -> list[Source]:
    """Return where to look for a data set on this machine, first come first served."""
    own = settings.data_folder()
    found = [
        Source(
            "the folder of FMNIST_DATA_DIR",
            own / dataset if own else None,
            "" if own else "the variable is not set",
            any_content=True,
        )
    ]
    for folder in settings.keras_folders():
        found.append(Source("Keras's cache", folder / dataset, ours=True))
    if debian_package:
        title = f"Debian's package {debian_package}"
        found.append(Source(title, settings.DEBIAN_DATASETS / dataset, "it is not installed"))
    return found


def search(
    source: Source, dataset: str, split: SplitName, checksums: Checksums, *, tidy: bool
) -> FoundSplit:
    """Look for a split in one source.

    Args:
        source: where to look.
        dataset: the data set's name.
        split: which half.
        checksums: the sums by which the publisher's content is known.
        tidy: whether to set damaged files aside, if the source is ours.

    Raises:
        NotFoundHereError: if no form of the split is there, or none that can be used.
    """
    if source.folder is None:
        raise NotFoundHereError(source.absent)
    problems: list[str] = []
    try:
        for files in find(source.folder, dataset, split):
            stamps = {path: storage.stamp(path) for path in (files.images, files.labels)}
            try:
                content = files.read()
                mismatches = checksums.mismatches(content)
                if not mismatches or source.any_content:
                    return FoundSplit(content, source.title, files.images, verified=not mismatches)
                damaged = {getattr(files, part) for part in mismatches}
                names = " and ".join(sorted(path.name for path in damaged))
                problem = f"{names} differs from the published content (SHA-256)"
            except DamagedFileError as error:
                damaged = {error.path}
                problem = str(error)
            if source.ours and tidy:
                problem += "".join(_set_aside(path, stamps[path]) for path in sorted(damaged))
            problems.append(problem)
    except MissingFileError as error:
        problems.append(str(error))
    except OSError as error:
        problems.append(f"{error.filename} cannot be read ({error.strerror})")
    nothing = source.absent or f"no files of the {split} split in {source.folder}"
    raise NotFoundHereError("; ".join(problems) or nothing)


def _set_aside(path: Path, before: storage.Stamp | None) -> str:
    try:
        return f", and was set aside as {storage.set_aside(path, before).name}"
    except OSError as error:
        return f", and could not be set aside ({error.strerror})"


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
