"""Recipes: configurations in files, by the name of the model that they make."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fmnist.training.configuration import Configuration

_FOLDER = Path(__file__).parents[2] / "recipes"


def recipes() -> list[str]:
    """Return the names of all recipes, in alphabetical order."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


def read_recipe(name: str) -> dict[str, Any]:
    """Read the values of a configuration; those left out have their default.

    One that trains on photos is complete only with their folder, which is everybody's own.

    Raises:
        ValueError: if there is no such recipe.
    """
    if name not in recipes():
        raise ValueError(f"Expected a recipe of {', '.join(recipes())}; got {name!r}.")
    values: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return values


def command(configuration: Configuration) -> str:
    """Return the command line that trains this: by its recipe, if there is one."""
    default = asdict(Configuration())
    own = {"photos": configuration.photos}
    for name in recipes():
        if default | read_recipe(name) | own == asdict(configuration):
            photos = f" --photos {configuration.photos}" if configuration.photos else ""
            return f"python -m fmnist train --recipe {name}{photos}"
    return configuration.command()
