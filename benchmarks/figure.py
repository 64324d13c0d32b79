"""A figure that was measured, beside its target."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured figure.

    Attributes:
        what: what was measured, and how, in words.
        value: the median of the runs.
        unit: its unit.
        target: what it should not exceed, in the same unit.
        runs: the single values.
    """

    what: str
    value: float
    unit: str
    target: float
    runs: tuple[float, ...]

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.value <= self.target
