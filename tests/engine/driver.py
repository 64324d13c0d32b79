"""A driver that fills a table with answers that cost nothing, for tests that kill it."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from fmnist.commands import follow
from fmnist.engine import executor
from fmnist.engine.pictures import Pictures
from fmnist.engine.shards import ShardedTable

# Seconds a picture: long enough that a quiet machine is not done before everybody was killed.
PAUSE = 0.02


def answering() -> Callable[[Path], list[list[str]]]:
    """Return what says how long a file's name is; a file called bad is bad."""
    return answer


def answer(path: Path) -> list[list[str]]:
    time.sleep(PAUSE)
    bad = path.stem == "bad"
    return [["", "bad is bad."] if bad else [str(len(path.name)), ""]]


def fill(source: Path, out: Path, workers: int, ray: str | None = None) -> None:
    """Fill a table with a row for each picture of a list."""
    with ShardedTable.filling(out) as table:
        table.plan(source, {"answers": "lengths"})
        missing = table.missing()
        work = Pictures(table.folder, ("length", "error"), frozenset({"error"}), answering)
        sizes = executor(workers, ray).map(work, missing) if missing else ()
        for _ in follow(sizes, table.size(), table.size() - table.size(missing)):
            pass


if __name__ == "__main__":
    from tests.engine import driver  # a worker finds what is pickled by this name

    driver.fill(Path(sys.argv[1]), Path(sys.argv[2]), 2, *sys.argv[3:])
