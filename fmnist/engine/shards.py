"""Sharded table: a folder of Parquet files, one for each shard of the pictures that were meant.

A shard is there whole or not at all, and which pictures are in it is written down before anything
is done and never changes. So every id is there once, whoever died in between and however often.
What the names of files begin with, ``_`` and ``.``, is passed over by those who read such folders:

- ``_pictures.parquet``   what is meant: ids and paths, a row group a shard
- ``part-000000.parquet`` the rows of shard 0
- ``.attempts-000000``    while shard 0 is worked on: where attempts at it ended
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from fmnist.engine.attempts import Attempts
from fmnist.engine.manifest import PICTURES, read_manifest
from fmnist.engine.work import EngineError
from fmnist.storage import replacing

_PLAN = "_pictures.parquet"
_PART = re.compile(r"part-(\d{6,})\.parquet")
_ABOUT, _SIZE = b"fmnist", b"pictures"

# A shard is what is lost if its worker dies, half a minute of work or less; of few pictures it is
# smaller, so that several workers have something to do.
_LARGEST, _SMALLEST, _AT_LEAST = 500, 8, 32


class ShardedTable:
    """A folder of shards.

    Args:
        folder: where it is; it need not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._plan = folder / _PLAN

    @classmethod
    @contextmanager
    def filling(cls, folder: Path) -> Iterator["ShardedTable"]:
        """Fill a table, which nobody else does meanwhile.

        Raises:
            EngineError: if somebody does, or the folder cannot be written.
        """
        lock = FileLock(folder / ".lock", timeout=0)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise EngineError(f"{folder} is being filled by another process.") from None
        except OSError as error:
            raise EngineError(f"{folder} cannot be written: {error.strerror}.") from None
        try:
            yield cls(folder.absolute())
        finally:
            lock.release()
            # Who ends the work says nothing of the pictures in hand; a driver that is killed does
            # not come here.
            for path in folder.glob(".attempts-*"):
                path.unlink(missing_ok=True)

    def plan(self, source: Path, about: Mapping[str, str]) -> None:
        """Write down what is meant, or add to it what is new; shards that there are stay.

        Args:
            source: a list or a folder, see ``manifest``.
            about: what the rows depend on beside the pictures.

        Raises:
            EngineError: if the folder is something else, or was begun for something else.
        """
        pictures, before = read_manifest(source, self.folder), pa.table([[], []], PICTURES)
        shards: list[pa.Table] = []
        if self._plan.exists():
            if (begun := self._about()) != about:
                changed = [f"{k}: {begun.get(k)!r}" for k in about if begun.get(k) != about[k]]
                raise EngineError(
                    f"{self.folder} was begun with other settings ({', '.join(changed)}). "
                    "Give those, or name another folder."
                )
            with pq.ParquetFile(self._plan) as file:
                shards = [file.read_row_group(n) for n in range(file.num_row_groups)]
            before = pa.concat_tables([before, *shards])
        elif any(path.name[0] != "." for path in self.folder.iterdir()):
            raise EngineError(f"{self.folder} is something else: name a new folder for the table.")
        new = pictures.filter(pc.invert(pc.is_in(pictures["id"], before["id"])))
        if not len(new):
            return
        size = min(_LARGEST, max(_SMALLEST, -(-len(new) // _AT_LEAST)))
        shards += [new.slice(start, size) for start in range(0, len(new), size)]
        schema = PICTURES.with_metadata({_ABOUT: json.dumps(about).encode()})
        with replacing(self._plan) as path, pq.ParquetWriter(path, schema) as writer:
            for shard in shards:
                writer.write_table(shard.cast(schema), row_group_size=len(shard))

    def missing(self) -> list[int]:
        """Return the shards that are not there yet, and remove what a killed process left."""
        for leftover in self.folder.glob(".*.part"):
            leftover.unlink(missing_ok=True)
        planned, there = self._sizes(), self._committed()
        return [shard for shard, size in enumerate(planned) if there.get(shard) != size]

    def size(self, shards: Sequence[int] | None = None) -> int:
        """Return how many pictures are meant, in all shards or in some."""
        sizes = self._sizes()
        return sum(sizes if shards is None else (sizes[shard] for shard in shards))

    def pictures(self, shard: int) -> pa.Table:
        """Return the pictures of a shard, of the form of ``manifest.PICTURES``."""
        with pq.ParquetFile(self._plan) as file:
            return file.read_row_group(shard)

    def attempts(self, shard: int) -> Attempts:
        """Begin an attempt at a shard, and tell where earlier ones ended; to be closed."""
        return Attempts(self._attempts(shard))

    def commit(self, shard: int, rows: pa.Table) -> None:
        """Put the rows of a shard into their place, in one step."""
        with replacing(self._part(shard)) as path:
            # By this a shard is known to be whole: a picture may have several rows.
            size = len(pc.unique(rows["id"]))
            pq.write_table(rows.replace_schema_metadata({_SIZE: str(size)}), path)
            with path.open("rb") as file:
                os.fsync(file)  # or a machine that loses its power may keep the name alone
        self._attempts(shard).unlink(missing_ok=True)

    def count(self, column: str) -> int:
        """Count the rows that have something in a column."""
        parts = (pq.read_table(path, columns=[column]) for path in self.folder.glob("part-*"))
        return sum(len(part) - part[column].null_count for part in parts)

    def _part(self, shard: int) -> Path:
        return self.folder / f"part-{shard:06}.parquet"

    def _attempts(self, shard: int) -> Path:
        return self.folder / f".attempts-{shard:06}"

    def _about(self) -> dict[str, object]:
        metadata = pq.read_schema(self._plan).metadata or {}
        return dict(json.loads(metadata.get(_ABOUT, b"{}")))

    def _sizes(self) -> list[int]:
        metadata = pq.read_metadata(self._plan)
        return [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]

    def _committed(self) -> dict[int, int]:
        """Return how many pictures the shards have that are there; a spoilt one is not."""
        found = {}
        for path in self.folder.iterdir():
            if name := _PART.fullmatch(path.name):
                try:
                    found[int(name[1])] = int(pq.read_schema(path).metadata[_SIZE])
                except (OSError, pa.ArrowException, LookupError, TypeError):
                    continue
        return found
