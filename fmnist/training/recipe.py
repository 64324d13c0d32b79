"""Recipes: configurations in files, by the name of the model that they make.

Beside the configuration's values a file may have ``sources``, the photos that it needs; and
``title`` and ``why`` of a preset, see ``preset``.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from fmnist import settings
from fmnist.training.configuration import Configuration

# What a file says beside the values of a configuration.
_BESIDE = ("sources", "title", "why")


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
    return {key: value for key, value in _read(name).items() if key not in _BESIDE}


def title_and_why(name: str) -> tuple[str, str]:
    """Return what a recipe that is a preset is called, and the sentence on why."""
    values = _read(name)
    return values["title"], values["why"]


def command(configuration: Configuration) -> str:
    """Return the command line that trains this: by its recipe, if there is one."""
    if (name := _recipe_of(configuration)) is None:
        return configuration.command()
    photos = f" --photos {configuration.photos}" if configuration.photos else ""
    return f"python -m fmnist train --recipe {name}{photos}"


def sources_of(configuration: Configuration) -> tuple[dict[str, str], ...]:
    """Return the sources of photos that this trains on, see ``Card.sources``.

    A recipe lists those that its model was made from, by the folders that they are in. What else
    lies in a folder of photos is its owner's affair.
    """
    name, photos = _recipe_of(configuration), Path(configuration.photos)
    listed = _read(name).get("sources", []) if name and configuration.photos else []
    return tuple(
        {key: value for key, value in source.items() if key != "folders"}
        for source in listed
        if any((photos / folder).is_dir() for folder in source["folders"])
    )


def _recipe_of(configuration: Configuration) -> str | None:
    for name in recipes():
        with suppress(ValueError):  # one on photos, where there are none
            values = read_recipe(name) | {"photos": configuration.photos}
            if Configuration.of(values) == configuration:
                return name
    return None


def _read(name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(
        (settings.RECIPES / f"{name}.json").read_text(encoding="utf-8")
    )
    return values
