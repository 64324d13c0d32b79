"""Options: what a field of the configuration says of itself, wherever people meet it."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from typing import Any, get_args


@dataclass(frozen=True)
class Option:
    """What people are told of an option, and what it may be.

    Attributes:
        help: a sentence, for the command line and the forms.
        choices: the values it may have, each with its title; empty for any.
        low: the least value of a number.
        high: the largest value of a number, in whose place ``below`` may stand.
        above: a number that is larger than this.
        below: a number that is smaller than this.
        offered: the numbers that a form offers; empty for all of the range.
        title: what a form calls it; by default the field's name in words.
        share: whether people read the number as a share of a whole.
    """

    help: str
    choices: Mapping[str, str] = field(default_factory=dict)
    low: float = 0
    high: float = 1
    above: float | None = None
    below: float | None = None
    offered: tuple[Any, ...] = ()
    title: str = ""
    share: bool = False

    @property
    def phrase(self) -> str:
        """What it is, within a sentence."""
        return self.help[0].lower() + self.help[1:].rstrip(".")

    def written(self, value: Any) -> str:
        """Write a value as people read it."""
        if value is None:
            return "All"
        if isinstance(value, bool):
            return "On" if value else "Off"
        if isinstance(value, str):
            return self.choices.get(value, value)
        if self.share:
            return f"{value:.0%}".replace("%", " %") if value else "None"
        return f"{value:,}" if isinstance(value, int) else f"{value:g}"

    def expectation(self, kind: type) -> str:
        """Say what a value must be, as the end of “expected …”."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        if kind is bool:
            return "true or false"
        if kind is int:
            return f"a whole number of {self.low:,} to {self.high:,}"
        start = f"above {self.above:g}" if self.above is not None else f"of at least {self.low:g}"
        end = f"below {self.below:g}" if self.below is not None else f"at most {self.high:g}"
        return f"a number {start} and {end}"

    def holds(self, value: Any, kind: type) -> bool:
        """Tell whether a value is one that it may have."""
        if self.choices or kind is str:
            return isinstance(value, str) and (not self.choices or value in self.choices)
        if kind is bool:
            return isinstance(value, bool)
        if isinstance(value, bool) or not isinstance(value, int if kind is int else int | float):
            return False
        after = self.low <= value if self.above is None else self.above < value
        return after and (value <= self.high if self.below is None else value < self.below)


def option(default: Any, help: str, **about: Any) -> Any:
    """Return the field of a dataclass with its default and what ``Option`` takes."""
    return field(default=default, metadata={"option": Option(help, **about)})


def option_of(each: Field) -> Option:
    """Return what a field of a configuration says of itself."""
    option: Option = each.metadata["option"]
    return option


def title_of(each: Field) -> str:
    """Return what a form calls a field."""
    return option_of(each).title or each.name.replace("_", " ").capitalize()


def kind_of(each: Field) -> Any:
    """Return the type of a field's values, whether or not it may be left out."""
    return next((kind for kind in get_args(each.type) if kind is not type(None)), each.type)


def argument(name: str, value: Any) -> list[str]:
    """Return the words by which a command line gives a field a value."""
    name = name.replace("_", "-")
    if isinstance(value, bool):
        return [f"--{name}" if value else f"--no-{name}"]
    return [f"--{name}", str(value)]
