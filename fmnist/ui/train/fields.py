"""An option of training as a widget, and a configuration in words; both say what the field says."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from streamlit.delta_generator import DeltaGenerator

from fmnist.training.configuration import Configuration
from fmnist.training.option import kind_of, option_of, title_of

FIELDS = {each.name: each for each in fields(Configuration)}

# What is said of every run; anything else where it is not as it would be by default.
_ALWAYS = ("epochs", "batch_size", "optimizer", "learning_rate")
# What the rest of the page says of it.
_ELSEWHERE = ("architecture", "task", "photos", "start_from")


def field(
    place: DeltaGenerator,
    name: str,
    default: Any = ...,
    *,
    label: str = "",
    offered: Iterable[Any] = (),
    key: str | None = None,
) -> Any:
    """Show the widget for a field of the configuration, and return what is chosen.

    Args:
        place: where.
        name: the field's name.
        default: what is chosen at first; by default the field's own.
        label: by default the field's title.
        offered: the values to choose from; by default those that the field offers.
        key: of the widget; by default none.
    """
    each, option = FIELDS[name], option_of(FIELDS[name])
    default = each.default if default is ... else default
    label = label or title_of(each)
    if kind_of(each) is bool:
        return place.toggle(label, default, key=key, help=option.help)
    values = list(offered or option.choices or option.offered)
    if not values:
        low, high = int(option.low), int(option.high)
        return place.number_input(label, low, high, default, key=key, help=option.help)
    if default not in values:
        values = [default, *values]
    return place.selectbox(
        label,
        values,
        values.index(default),
        format_func=str if name == "architecture" else option.written,
        key=key,
        help=option.help,
    )


def settings(configuration: Configuration) -> str:
    """Say in a line how a run is trained."""
    words = [f"**{configuration.architecture}**"]
    for name, each in FIELDS.items():
        value = getattr(configuration, name)
        if name in _ALWAYS or (name not in _ELSEWHERE and value != each.default):
            words.append(f"{title_of(each)} {option_of(each).written(value)}")
    return " · ".join(words)
