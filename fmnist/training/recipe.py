"""Recipes: configurations in files, by the name of the model that they make."""

import json
from contextlib import suppress
from typing import Any

from fmnist import settings
from fmnist.training.configuration import Configuration


def recipes() -> list[str]:
    """Return the names of all recipes, in alphabetical order."""
    return sorted(path.stem for path in settings.RECIPES.glob("*.json"))


def read_recipe(name: str) -> dict[str, Any]:
    """Read the values of a configuration; those left out have their default.

    One that trains on photos is complete only with their folder, which is everybody's own.

    Raises:
        ValueError: if there is no such recipe.
    """
    if name not in recipes():
        raise ValueError(f"Expected a recipe of {', '.join(recipes())}; got {name!r}.")
    values: dict[str, Any] = json.loads(
        (settings.RECIPES / f"{name}.json").read_text(encoding="utf-8")
    )
    return values


def command(configuration: Configuration) -> str:
    """Return the command line that trains this: by its recipe, if there is one."""
    for name in recipes():
        with suppress(ValueError):  # one on photos, where there are none
            values = read_recipe(name) | {"photos": configuration.photos}
            if Configuration.of(values) == configuration:
                photos = f" --photos {configuration.photos}" if configuration.photos else ""
                return f"python -m fmnist train --recipe {name}{photos}"
    return configuration.command()
