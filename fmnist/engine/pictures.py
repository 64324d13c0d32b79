"""What is done with a shard of pictures: a row for each, committed together."""

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from fmnist.engine.manifest import printable
from fmnist.engine.shards import ShardedTable

# From a file to its rows, of cells in the order of the columns; a bad file says so in its error.
Answer = Callable[[Path], Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Pictures:
    """Work on shards of pictures, by their numbers; it returns how many pictures each had.

    Attributes:
        folder: of the ``ShardedTable``.
        columns: names of the cells that stand behind ``id`` and ``file``, ``error`` among them.
        texts: those of them that hold text; the others hold numbers.
        answering: loads what answers, once in each worker.
    """

    folder: Path
    columns: tuple[str, ...]
    texts: frozenset[str]
    answering: Callable[[], Answer]

    def open(self) -> Callable[[int], int]:
        """Load what answers."""
        table, answer = ShardedTable(self.folder), self.answering()
        return lambda shard: self._do(table, shard, answer)

    def _do(self, table: ShardedTable, shard: int, answer: Answer) -> int:
        pictures = table.pictures(shard)
        keys = pictures["id"].to_pylist()
        paths = [Path(os.fsdecode(path)) for path in pictures["path"].to_pylist()]
        rows: list[list[str]] = []
        with closing(table.attempts(shard)) as attempts:
            for place, (key, path) in enumerate(zip(keys, paths, strict=True)):
                tried = attempts.begins(place)
                found = self._rows(answer, path) if tried else self._error(_deadly(path))
                rows += [[key, printable(str(path)), *cells] for cells in found]
        names = ("id", "file", *self.columns)
        cells_of = zip(names, zip(*rows, strict=True), strict=True)
        table.commit(shard, pa.table({n: self._column(n, cells) for n, cells in cells_of}))
        return len(paths)

    def _rows(self, answer: Answer, path: Path) -> Sequence[Sequence[str]]:
        try:
            return answer(path)
        except Exception as error:  # of a million one is always of a kind that nobody thought of
            return self._error(f"{path.name} cannot be read: {type(error).__name__}: {error}")

    def _error(self, sentence: str) -> list[list[str]]:
        return [[sentence if name == "error" else "" for name in self.columns]]

    def _column(self, name: str, cells: Sequence[str]) -> pa.Array:
        if name in ("id", "file") or name in self.texts:
            return pa.array([printable(cell) or None for cell in cells], pa.string())
        return pa.array([float(cell) if cell else None for cell in cells], pa.float32())


def _deadly(path: Path) -> str:
    return (
        f"{path.name} has ended each process that read it: it is damaged, or takes too much memory."
    )
