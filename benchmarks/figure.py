"""A figure that was measured, beside its target."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from benchmarks.row import Row


class NotMeasuredError(Exception):
    """Something to measure with is missing; the text says what, and what to do."""


@dataclass(frozen=True)
class Figure(Row):
    """A measured figure.

    Attributes:
        what: what was measured, and how, in words.
        value: the median of the runs.
        unit: its unit; empty for a share.
        target: what it should reach, in the same unit; None for a figure to compare with.
        runs: the single values.
        better: whether the target is what it should not exceed or not fall below.
    """

    NOTE: ClassVar[str] = (
        "Medians where there are several runs, which are in the JSON file beside this one."
    )
    COLUMNS: ClassVar[tuple[str, ...]] = ("what", "measured", "target", "")

    what: str
    value: float
    unit: str
    target: float | None
    runs: tuple[float, ...] = ()
    better: Literal["low", "high"] = "low"

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None if there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.better == "low" else self.value >= self.target

    def cells(self) -> list[str]:
        """Return what was measured, the value, the target and whether it is met."""
        value = f"{self.value:.3g} {self.unit}" if self.unit else f"{self.value:.3f}"
        cells = [self.what, value, "", ""]
        if self.target is not None:
            cells[2] = f"{'≤' if self.better == 'low' else '≥'} {self.target:g} {self.unit}"
            cells[3] = "met" if self.met else "missed"
        return cells
