"""The sources of a data set on this machine: where its files may lie, in the order tried."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fmnist import settings, storage
from fmnist.datasets.checksums import Checksums
from fmnist.datasets.files import (
    DamagedFileError,
    MissingFileError,
    find,
    find_anywhere,
    folders_of,
    holds,
)
from fmnist.datasets.formats import Content, SplitName

# For each source that was passed over, its name and why.
Reasons = list[tuple[str, str]]

# How many of the files that are of no use are named.
_NAMED = 6


@dataclass(frozen=True)
class Source:
    """A folder that may hold a data set.

    Attributes:
        title: its name in words, for the interface.
        folder: where it is; None where the person has not said.
        absent: what to say when nothing is there, if there is more to say than that.
        own: whether a person has named it: it has a folder for each data set, in whichever
            layout, and its content is used if it is sound, though it be not the publisher's.
        ours: whether we may set damaged files aside.
    """

    title: str
    folder: Path | None
    absent: str = ""
    own: bool = False
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
            own,
            "" if own else "the variable is not set",
            own=True,
        )
    ]
    for folder in settings.keras_folders():
        found.append(Source("Keras's cache", folder / dataset, ours=True))
    if debian_package:
        title = f"Debian's package {debian_package}"
        found.append(Source(title, settings.DEBIAN_DATASETS / dataset, "it is not installed"))
    return found


def search(
    source: Source,
    dataset: str,
    split: SplitName,
    checksums: Checksums,
    class_names: Sequence[str] = (),
    *,
    tidy: bool,
) -> FoundSplit:
    """Look for a split in one source.

    Args:
        source: where to look.
        dataset: the data set's name.
        split: which half.
        checksums: the sums by which the publisher's content is known.
        class_names: what a person's own table may have in place of labels.
        tidy: whether to set damaged files aside, if the source is ours.

    Raises:
        NotFoundHereError: if no form of the split is there, or none that can be used.
    """
    if source.folder is None:
        raise NotFoundHereError(source.absent)
    if source.own and not source.folder.is_dir():
        raise NotFoundHereError(f"there is no folder {source.folder}")
    problems: dict[Path, str] = {}
    look = find_anywhere if source.own else find
    try:
        for files in look(source.folder, dataset, split):
            if files.images in problems:
                continue
            stamps = {path: storage.stamp(path) for path in (files.images, files.labels)}
            try:
                content = files.read(class_names)
                mismatches = checksums.mismatches(content)
                if not mismatches or source.own:
                    return FoundSplit(content, source.title, files.images, verified=not mismatches)
                damaged = {getattr(files, part) for part in mismatches}
                names = " and ".join(sorted(path.name for path in damaged))
                problem = f"{names} differs from the published content (SHA-256)"
            except DamagedFileError as error:
                damaged = {error.path}
                problem = str(error)
            if source.ours and tidy:
                problem += "".join(_set_aside(path, stamps[path]) for path in sorted(damaged))
            problems[files.images] = problem
    except MissingFileError as error:
        problems[source.folder] = str(error)
    except OSError as error:
        problems[source.folder] = f"{error.filename} cannot be read ({error.strerror})"
    nothing = source.absent or _nothing(source, dataset, split)
    raise NotFoundHereError("; ".join(problems.values()) or nothing)


def _nothing(source: Source, dataset: str, split: SplitName) -> str:
    """Say that no file of a split is there, and what is there instead."""
    folder = source.folder
    assert folder is not None
    if not source.own:
        return f"no files of the {split} split in {folder}"
    place = next(folders_of(folder, dataset), None)
    there = sorted(p.name for p in (place or folder).iterdir() if not p.name.startswith("."))
    listed = ", ".join(there[:_NAMED]) + ", …" * (len(there) > _NAMED)
    has = f", which has {listed}" if there else ", which is empty"
    what = f"no files of the {split} split" if place else f"no folder {dataset}"
    return f"{what} in {place or folder}{has}"


def passed_over(dataset: str, reasons: Reasons) -> str:
    """Say why the folder that a person has named is not used, to be put after a source's name.

    Returns:
        The words; empty if no folder is named, or if it holds other data sets and no such one.
    """
    from fmnist.datasets import DATASETS

    own = settings.data_folder()
    if own is None or not reasons:
        return ""
    with suppress(OSError):
        if not holds(own, dataset) and any(holds(own, name) for name in DATASETS):
            return ""
    return f", for want of {reasons[0][0]} ({reasons[0][1]})"


def _set_aside(path: Path, before: storage.Stamp | None) -> str:
    try:
        return f", and was set aside as {storage.set_aside(path, before).name}"
    except OSError as error:
        return f", and could not be set aside ({error.strerror})"
