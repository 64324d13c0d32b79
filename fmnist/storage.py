"""Keras's folder of data sets: where it is, and how files get in and out of it safely.

Downloads and dropped files are kept there, under Keras's own names, so that
``keras.datasets.fashion_mnist.load_data()`` finds them too and nothing is fetched twice.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


def keras_folders() -> list[Path]:
    """Return the folders in which Keras may have put data sets; the first is the one to write to.

    That is ``datasets`` in ``KERAS_HOME``, by default ``~/.keras``, or in the folder for temporary
    files if that cannot be written, as ``keras.utils.get_file`` has it.
    """
    home = Path(os.environ.get("KERAS_HOME") or "~/.keras").expanduser()
    nearest = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
    if os.access(nearest, os.W_OK):
        return [home / "datasets"]
    return [Path(tempfile.gettempdir()) / ".keras" / "datasets", home / "datasets"]


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


# What changes when another file takes a file's place: inode, size and time.
Stamp = tuple[int, int, int]


def stamp(path: Path) -> Stamp | None:
    """Return a file's stamp, None if it is not to be found."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def set_aside(path: Path, seen: Stamp | None) -> Path:
    """Rename a damaged file to ``<name>.damaged``, unless another process has replaced it since.

    Args:
        path: the file.
        seen: its ``stamp`` from before it was read and found damaged; None if it was not there.

    Returns:
        The name under which the damaged file is kept.

    Raises:
        OSError: if the folder cannot be written.
    """
    aside = path.with_name(f"{path.name}.damaged")
    if seen is not None and stamp(path) == seen:
        path.replace(aside)
    return aside
