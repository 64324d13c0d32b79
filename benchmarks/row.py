"""A row of a benchmark's table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Row:
    """What a benchmark returns several of, all of one kind; its fields are what is kept as JSON."""

    NOTE: ClassVar[str]
    COLUMNS: ClassVar[tuple[str, ...]]

    def cells(self) -> list[str]:
        """Return what stands in each column, in Markdown."""
        raise NotImplementedError

    @classmethod
    def picture(cls) -> str:
        """Return what shows the same at a glance, as SVG; empty if nothing does."""
        return ""

    def row(self) -> str:
        """Return the row of a table in Markdown."""
        return line(self.cells())


def table(rows: Sequence[Row]) -> list[str]:
    """Return the lines of a table in Markdown, of at least one row."""
    columns = rows[0].COLUMNS
    return [line(columns), "|" + "---|" * len(columns), *(row.row() for row in rows)]


def line(cells: Sequence[str]) -> str:
    """Return a line of a table in Markdown."""
    return f"| {' | '.join(cell.strip() for cell in cells)} |"
