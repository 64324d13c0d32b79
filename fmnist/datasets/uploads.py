"""Files that a person drops into the app because this machine cannot fetch them."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fmnist.datasets.checksums import Checksums, recognise
from fmnist.datasets.formats import PARTS, SPLITS, Piece, SplitName, idx
from fmnist.storage import replacing


class UploadError(ValueError):
    """Files that were dropped are none of those expected; its text says which, and why."""


@dataclass(frozen=True)
class Stored:
    """A dropped file that was recognised and kept.

    Attributes:
        file: the name it was dropped under.
        pieces: the published pieces it held.
    """

    file: str
    pieces: tuple[Piece, ...]


def store(
    files: Iterable[tuple[str, bytes]],
    folder: Path,
    checksums: Mapping[SplitName, Checksums],
    title: str,
) -> tuple[Stored, ...]:
    """Recognise dropped files by their content and keep them as gzipped IDX files.

    Their names do not matter: browsers and people change them. What is kept is what the
    publisher's sums vouch for, each piece in a file under the publisher's name.

    Args:
        files: names and bytes.
        folder: where to keep them: the data set's folder in Keras's cache.
        checksums: the sums of each split of the data set.
        title: the data set's name in words.

    Returns:
        What was kept, a record a file.

    Raises:
        UploadError: if a file is none of those expected, or could not be written; the others are
            kept nevertheless.
    """
    stored: list[Stored] = []
    problems: list[str] = []
    for name, data in files:
        try:
            held = recognise(io.BytesIO(data), checksums)
            for (split, part), array in held.items():
                path = folder / f"{idx.name(split, part)}.gz"
                with replacing(path) as temporary, temporary.open("xb") as stream:
                    idx.write(stream, part, array)
            stored.append(Stored(name, tuple(held)))
        except OSError as error:
            problems.append(f"{name} could not be kept in {folder} ({error.strerror}).")
        except ValueError as error:
            problems.append(f"{name} {error}.")
    if problems:
        kept = f" Kept: {', '.join(record.file for record in stored)}." if stored else ""
        names = ", ".join(f"{idx.name(split, part)}.gz" for split in SPLITS for part in PARTS)
        raise UploadError(
            f"{' '.join(problems)}{kept} Expected were the files of {title}: {names}, unpacked or "
            "not, or Kaggle's archive.zip, or its two CSV files. A data set of your own goes into "
            "the folder of FMNIST_DATA_DIR."
        )
    return tuple(stored)
