"""Manifest: which pictures are meant, by id and path, from a list or from a folder.

A list is a text file with a path a line, whose ids are these lines; or a CSV (with a header) or
Parquet file with a column ``path`` and perhaps one ``id``, of which other columns are passed over.
Paths are relative to the list. Of a folder the ids are the paths within it.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fmnist.engine.work import EngineError

# Paths need not be text, so they are kept as the bytes that they are.
PICTURES = pa.schema([("id", pa.string()), ("path", pa.binary())])

_LISTS = (".txt", ".csv", ".parquet")


def read_manifest(source: Path, without: Path) -> pa.Table:
    """Read which pictures are meant.

    Args:
        source: a list or a folder.
        without: a folder that is passed over, should it lie in that folder.

    Returns:
        A table of ``PICTURES``, of at least one row; no id is there twice, and paths are absolute.

    Raises:
        EngineError: if it is neither, cannot be read, lists nothing, or has an id twice.
    """
    try:
        pairs = list(_pairs(source, without.absolute()))
    except OSError as error:
        raise EngineError(f"{source} cannot be read: {error.strerror or error}.") from None
    except (csv.Error, pa.ArrowException, UnicodeError) as error:
        raise EngineError(f"{source} cannot be read: {error}") from None
    if not pairs:
        raise EngineError(f"{source} names no pictures.")
    root = (source if source.is_dir() else source.parent).absolute()
    ids = pa.array([printable(each) for each, _ in pairs], pa.string())
    paths = pa.array([os.fsencode(root / path) for _, path in pairs], pa.binary())
    _refuse_twins(source, ids)
    return pa.table([ids, paths], PICTURES)


def _pairs(source: Path, without: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and the path of each picture."""
    if source.is_dir():
        for path in _inside(source, without):
            yield path, path
    elif source.suffix.lower() not in _LISTS:
        raise EngineError(
            f"{source} is neither a folder nor a list: expected a file {', '.join(_LISTS)} with "
            "the paths of pictures."
        )
    elif source.suffix.lower() == ".parquet":
        yield from _rows_of_parquet(source)
    else:
        with source.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            if source.suffix.lower() == ".txt":
                lines = (line.rstrip("\r\n") for line in file)
                yield from ((line, line) for line in lines if line)
            else:
                rows = csv.DictReader(file)
                _refuse_without_path(source, rows.fieldnames or ())
                yield from ((row.get("id", row["path"]) or "", row["path"] or "") for row in rows)


def _rows_of_parquet(source: Path) -> Iterator[tuple[str, str]]:
    file = pq.ParquetFile(source)
    names = file.schema_arrow.names
    _refuse_without_path(source, names)
    columns = ["id" if "id" in names else "path", "path"]
    for batch in file.iter_batches(columns=list(dict.fromkeys(columns))):
        values = (batch[name].cast(pa.string()).to_pylist() for name in columns)
        yield from ((key or "", path or "") for key, path in zip(*values, strict=True))


def _refuse_without_path(source: Path, columns: object) -> None:
    if "path" not in columns:  # type: ignore[operator]
        raise EngineError(f"{source}: expected a column path, and perhaps one id; got {columns}.")


def _inside(folder: Path, without: Path, before: str = "") -> Iterator[str]:
    """Yield the paths of files within a folder, in alphabetical order, the hidden ones left out."""
    with os.scandir(folder) as found:
        entries = sorted((e for e in found if e.name[0] != "."), key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if Path(entry.path).absolute() != without:
                yield from _inside(Path(entry.path), without, f"{before}{entry.name}/")
        elif entry.is_file():
            yield before + entry.name


def _refuse_twins(source: Path, ids: pa.Array) -> None:
    counted = pc.value_counts(ids)
    twins = counted.filter(pc.greater(counted.field("counts"), 1)).field("values")
    if len(twins):
        raise EngineError(
            f"{source} has {len(twins):,} ids more than once, {twins[0].as_py()!r} say. "
            "Each picture needs an id of its own."
        )


def printable(text: str) -> str:
    """Return a text, a file's name say, in letters that can be written."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
