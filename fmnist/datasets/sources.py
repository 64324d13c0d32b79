"""The places on this machine where a data set's files may lie, in the order they are tried."""

import os
from dataclasses import dataclass
from pathlib import Path

from fmnist import storage as cache
from fmnist.datasets.checksums import Checksums
from fmnist.datasets.content import Content, SplitName
from fmnist.datasets.files import DamagedFileError, MissingFileError, find

DEBIAN_FOLDER = Path("/usr/share/datasets")


@dataclass(frozen=True)
class Place:
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
class Found:
    """A split that was found.

    Attributes:
        content: its images and labels.
        place: the title of the place where it was.
        path: the file with the images.
        verified: whether it is the publisher's.
    """

    content: Content
    place: str
    path: Path
    verified: bool


class NotFoundHereError(Exception):
    """A place has no usable copy of a split; its text says why."""


def places(dataset: str, debian_package: str | None) -> list[Place]:
    """Return where to look for a data set on this machine, first come first served."""
    own = os.environ.get("FMNIST_DATA_DIR")
    found = [
        Place(
            "the folder of FMNIST_DATA_DIR",
            Path(own).expanduser() / dataset if own else None,
            "" if own else "the variable is not set",
            any_content=True,
        )
    ]
    for folder in cache.keras_folders():
        found.append(Place("Keras's cache", folder / dataset, ours=True))
    if debian_package:
        title = f"Debian's package {debian_package}"
        found.append(Place(title, DEBIAN_FOLDER / dataset, "it is not installed"))
    return found


def search(
    place: Place, dataset: str, split: SplitName, checksums: Checksums, *, tidy: bool
) -> Found:
    """Look for a split in one place.

    Args:
        place: where to look.
        dataset: the data set's name.
        split: which half.
        checksums: the sums by which the publisher's content is known.
        tidy: whether to set damaged files aside, if the place is ours.

    Raises:
        NotFoundHereError: if no form of the split is there, or none that can be used.
    """
    if place.folder is None:
        raise NotFoundHereError(place.absent)
    problems: list[str] = []
    try:
        for files in find(place.folder, dataset, split):
            stamps = {path: cache.stamp(path) for path in (files.images, files.labels)}
            try:
                content = files.read()
                strangers = checksums.strangers(content)
                if not strangers or place.any_content:
                    return Found(content, place.title, files.images, verified=not strangers)
                damaged = {getattr(files, part) for part in strangers}
                names = " and ".join(sorted(path.name for path in damaged))
                problem = f"{names} differs from the published content (SHA-256)"
            except DamagedFileError as error:
                damaged = {error.path}
                problem = str(error)
            if place.ours and tidy:
                problem += "".join(_set_aside(path, stamps[path]) for path in sorted(damaged))
            problems.append(problem)
    except MissingFileError as error:
        problems.append(str(error))
    except OSError as error:
        problems.append(f"{error.filename} cannot be read ({error.strerror})")
    nothing = place.absent or f"no files of the {split} split in {place.folder}"
    raise NotFoundHereError("; ".join(problems) or nothing)


def _set_aside(path: Path, seen: cache.Stamp | None) -> str:
    try:
        return f", and was set aside as {cache.set_aside(path, seen).name}"
    except OSError as error:
        return f", and could not be set aside ({error.strerror})"
