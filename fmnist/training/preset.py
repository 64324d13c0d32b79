"""Presets: recipes to learn from, good and bad, each with a sentence on why it goes as it does.

To add one: write its recipe, with ``title`` and ``why``, and add its line to ``PRESETS``.
"""

from dataclasses import dataclass

from fmnist.training.configuration import Configuration
from fmnist.training.recipe import read_recipe, title_and_why

# In the order in which people meet them.
PRESETS = (
    "course-dense",
    "course-cnn",
    "too-few-units",
    "memorises",
    "no-validation",
    "rate-too-high",
    "dead-relus",
    "no-scaling",
    "ten-minutes",
)


@dataclass(frozen=True)
class Preset:
    """A recipe to learn from.

    Attributes:
        name: of its recipe, for links.
        title: what it is called.
        why: what it shows, and why, in a sentence or two.
        configuration: what is trained and how.
    """

    name: str
    title: str
    why: str
    configuration: Configuration


def presets() -> dict[str, Preset]:
    """Read all presets, by name."""
    return {
        name: Preset(name, *title_and_why(name), Configuration.of(read_recipe(name)))
        for name in PRESETS
    }
