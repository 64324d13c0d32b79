"""ZIP archives of a data set's files: Kaggle's, which has IDX files and tables, or NumPy's."""

import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from fmnist.datasets.formats import (
    MOST_IMAGES,
    PARTS,
    Content,
    SplitName,
    idx,
    kaggle,
    npz,
    unpacking,
)

# What a file may hold once it is unpacked, in bytes: a table of all images, five to a value.
_LARGEST = MOST_IMAGES * (1 + 28 * 28) * 5


def is_archive(stream: BinaryIO) -> bool:
    """Tell by its first bytes whether a file is one, and go back to its beginning."""
    start = stream.read(len(npz.ZIP_MAGIC))
    stream.seek(0)
    return start == npz.ZIP_MAGIC


def has(path: Path, name: str) -> bool:
    """Tell whether an archive has a file of a name; one that is damaged might have.

    Raises:
        OSError: if it cannot be opened.
    """
    with suppress(ValueError), unpacking(), zipfile.ZipFile(path) as archive:
        return name in _members(archive)
    return True


def read(stream: BinaryIO, split: SplitName, class_names: Sequence[str] = ()) -> Content:
    """Read one split, from no more of the files than it takes: those in IDX are the smallest.

    Args:
        stream: the open file.
        split: which half; of an archive with a single table it is not asked.
        class_names: what a table may have in place of labels, in their order.

    Raises:
        ValueError: if the archive is damaged, holds something else, or more than a data set has.
    """
    with unpacking(), zipfile.ZipFile(stream) as archive:
        members = _members(archive)
        pair = [
            next((members[name] for name in idx.spellings(split, part) if name in members), None)
            for part in PARTS
        ]
        if all(pair):
            images, labels = (idx.read(_open(archive, info))[1] for info in pair if info)
            return Content(images, labels)
        tables = [name for name in members if name.lower().endswith(".csv")]
        if len(tables) > 1:
            tables = [name for name in tables if name.lower().endswith(f"_{split}.csv")]
        if len(tables) == 1:
            return kaggle.read(_open(archive, members[tables[0]]), class_names)
    if f"x_{split}.npy" in members:
        return npz.read(stream, split)
    raise ValueError(
        f"is an archive without the {split} split: neither IDX files, nor one table, nor the "
        f"arrays x_{split} and y_{split}"
    )


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return what is in an archive, by the names without folders; without what is hidden."""
    members = {PurePosixPath(info.filename).name: info for info in archive.infolist()}
    return {name: info for name, info in members.items() if not name.startswith(".")}


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    # No more than an archive declares is unpacked.
    if info.file_size > _LARGEST:
        raise ValueError(
            f"is too large: {info.filename} declares {info.file_size:,} bytes; expected at most "
            f"{_LARGEST:,}"
        )
    return cast(BinaryIO, archive.open(info))
