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
        n: of a share or a mean of shares, how many photos it was counted in.
        interval: its 95 % interval.
    """

    NOTE: ClassVar[str] = (
        "Medians where there are several runs, which are in the JSON file beside this one. "
        "Behind a share stand its 95 % interval and how many it was counted in, where known."
    )
    COLUMNS: ClassVar[tuple[str, ...]] = ("what", "measured", "target", "")

    what: str
    value: float
    unit: str
    target: float | None
    runs: tuple[float, ...] = ()
    better: Literal["low", "high"] = "low"
    n: int | None = None
    interval: tuple[float, float] | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None if there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.better == "low" else self.value >= self.target

    def cells(self) -> list[str]:
        """Return what was measured, the value, the target and whether it is met."""
        value = f"{self.value:.3g} {self.unit}" if self.unit else f"{self.value:.3f}"
        if self.interval:
            value += f" ({self.interval[0]:.3f}–{self.interval[1]:.3f})"
        if self.n is not None:
            value += f" of {self.n:,}"
        cells = [self.what, value, "", ""]
        if self.target is not None:
            cells[2] = f"{'≤' if self.better == 'low' else '≥'} {self.target:g} {self.unit}"
            cells[3] = "met" if self.met else "missed"
        return cells
