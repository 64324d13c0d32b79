"""Files and folders that are written whole or not at all, the CSV log that grows, rows on disk."""

import csv
import hashlib
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from fmnist.exchange import exchange
from fmnist.leftovers import sweep

Row = Mapping[str, float]

# What changes when another file takes a file's place: inode, size and time.
Stamp = tuple[int, int, int]

# A file may change twice in one tick of its clock; so the sum of one that has changed just now,
# in nanoseconds, is not remembered.
_FRESH = 2 * 10**9


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a name of one's own beside ``path``, and move what was written there into place.

    If the block raises, ``path`` stays as it was and the temporary file is removed. Two processes
    that write the same file at once each have a name of their own, and the later one wins whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(place: Path) -> Iterator[Path]:
    """Give an empty folder, and move it to a place once it was filled; what stands there goes."""
    place.parent.mkdir(parents=True, exist_ok=True)
    sweep(place.parent)
    folder, aside = (_temporary(place) for _ in range(2))
    try:
        yield folder
        folder.chmod(0o755)  # mkdtemp keeps everybody else out
        if not place.exists():
            folder.replace(place)
        elif not exchange(folder, place):
            place.replace(aside)  # for a moment there is none
            folder.replace(place)
    finally:
        for left in (folder, aside):
            shutil.rmtree(left, ignore_errors=True)


def _temporary(beside: Path) -> Path:
    return Path(tempfile.mkdtemp(prefix=f".{beside.name}.", suffix=".part", dir=beside.parent))


@contextmanager
def adding_files(folder: Path, last: str) -> Iterator[Path]:
    """Give an empty folder, and move the files that were put there into ``folder``.

    Args:
        folder: where they belong; it exists.
        last: the name of the file that is moved last, for it vouches for the others.
    """
    sweep(folder.parent)
    place, name = folder.parent, f".{folder.name}."
    with tempfile.TemporaryDirectory(".part", name, place) as temporary:
        yield Path(temporary)
        for path in sorted(Path(temporary).iterdir(), key=lambda path: path.name == last):
            path.replace(folder / path.name)


def write_text(path: Path, text: str) -> None:
    """Write a text file in one step: a reader sees the old one or this one."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal; one that has not changed is read once."""
    path = path.resolve()
    status = path.stat()
    if time.time_ns() - status.st_ctime_ns < _FRESH:
        return _sha256.__wrapped__(path)
    return _sha256(path, stamp(path), status.st_ctime_ns)


@lru_cache(maxsize=256)
def _sha256(path: Path, *version: object) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(path: Path | str) -> Stamp | None:
    """Return a file's stamp, None if it is not to be found."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of many files, a string is quicker
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def stamps(folder: Path) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return what files a folder has, and how large and how old; a copy is the same."""
    with suppress(OSError), os.scandir(folder) as entries:
        return tuple(sorted((entry.name, (stamp(entry.path) or ())[1:]) for entry in entries))
    return ()


def set_aside(path: Path, before: Stamp | None) -> Path:
    """Rename a damaged file to ``<name>.damaged``, unless another process has replaced it since.

    Args:
        path: the file.
        before: its ``stamp`` from before it was read and found damaged; None if it was not there.

    Returns:
        The name under which the damaged file is kept.

    Raises:
        OSError: if the folder cannot be written.
    """
    aside = path.with_name(f"{path.name}.damaged")
    if before is not None and stamp(path) == before:
        path.replace(aside)
    return aside


def append_row(path: Path, row: Row) -> None:
    """Add a row to a CSV log; the first one decides the columns."""
    new = not path.exists()
    # One write a row, so that a reader finds whole lines.
    with path.open("a", encoding="utf-8", newline="") as file:
        header = ",".join(row) + "\n" if new else ""
        file.write(header + ",".join(f"{value:.6g}" for value in row.values()) + "\n")


def read_rows(path: Path) -> list[dict[str, float]]:
    """Read all whole rows of a CSV log; none if there is none yet.

    A row that is no row of numbers, cut or spoilt, is passed over.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    except FileNotFoundError:
        return []
    # csv refuses the character itself.
    whole = [line for line in lines if line.endswith("\n") and "\0" not in line]
    rows = []
    for row in csv.DictReader(whole):
        with suppress(ValueError, TypeError):
            rows.append({name: float(value) for name, value in row.items()})
    return rows


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Make a CSV log anew of these rows; there is none if there are none."""
    path.unlink(missing_ok=True)
    for row in rows:
        append_row(path, row)


class Rows(Protocol):
    """Rows that are read by their numbers: an array's, or ``RowsOnDisk``."""

    def __len__(self) -> int: ...

    def __getitem__(self, rows: NDArray[np.integer], /) -> NDArray[np.uint8]: ...


class RowsOnDisk:
    """The rows of an array, in a file without a name: of many, a few are looked at.

    A mapped file would do as well, but what was touched of it counts as memory of the process.

    Args:
        array: whose rows, ``(n, …)``.
    """

    def __init__(self, array: NDArray[np.uint8]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this is used
        self._file.write(np.ascontiguousarray(array).data)
        self._shape, self._lock = array.shape, threading.Lock()

    def __len__(self) -> int:
        return self._shape[0]

    def __getitem__(self, rows: NDArray[np.integer], /) -> NDArray[np.uint8]:
        """Read rows by their numbers, ``(k, …)``."""
        size = int(np.prod(self._shape[1:]))
        found = np.empty((len(rows), size), np.uint8)
        with self._lock:
            for place, row in zip(found, rows, strict=True):
                self._file.seek(int(row) * size)
                self._file.readinto(place.data)
        return found.reshape(-1, *self._shape[1:])
