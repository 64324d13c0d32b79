"""Tables of numbers that grow while others read them: a header and a line a row, as CSV."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = Mapping[str, float]


def append(path: Path, row: Row) -> None:
    """Add a row; the first one decides the columns."""
    new = not path.exists()
    # One write a row, so that a reader finds whole lines.
    with path.open("a", encoding="utf-8", newline="") as file:
        header = ",".join(row) + "\n" if new else ""
        file.write(header + ",".join(f"{value:.6g}" for value in row.values()) + "\n")


def read(path: Path) -> list[dict[str, float]]:
    """Read all whole rows; none if there is no table yet."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except FileNotFoundError:
        return []
    whole = [line for line in lines if line.endswith("\n")]
    return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(whole)]


def keep(path: Path, rows: Sequence[Row]) -> None:
    """Make the table anew of these rows."""
    path.unlink(missing_ok=True)
    for row in rows:
        append(path, row)
