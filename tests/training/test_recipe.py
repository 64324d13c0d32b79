"""Every recipe of the repository, and what is said of one."""

from dataclasses import asdict
from pathlib import Path

import pytest

from fmnist.training.configuration import Configuration
from fmnist.training.recipe import command, read_recipe, recipes, sources_of
from fmnist.training.tasks import TASKS

NAMES = recipes()


def complete(name: str) -> Configuration:
    """A recipe with the folder that it may need."""
    values = read_recipe(name)
    needs = TASKS[values.get("task", "labels")].needs
    return Configuration.of(values | ({"photos": "clothes"} if "photos" in needs else {}))


def test_there_are_some() -> None:
    assert "everyday" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_names_its_network_and_says_nothing_else_that_goes_without_saying(
    name: str,
) -> None:
    values, default = read_recipe(name), asdict(Configuration())
    assert complete(name).architecture == values.pop("architecture")
    assert all(value != default[key] for key, value in values.items())


@pytest.mark.parametrize("name", NAMES)
def test_its_command_is_short(name: str) -> None:
    assert command(complete(name)).startswith(f"python -m fmnist train --recipe {name}")


def test_photos_are_named_in_the_command() -> None:
    wanted = "python -m fmnist train --recipe everyday --photos clothes"
    assert command(complete("everyday")) == wanted


def test_the_sources_of_photos_are_those_whose_folders_are_there(tmp_path: Path) -> None:
    values = read_recipe("photo") | {"photos": str(tmp_path)}
    assert sources_of(Configuration.of(values)) == ()
    for folder in ("validation", "street", "zoo"):
        (tmp_path / folder).mkdir()
    sources = sources_of(Configuration.of(values))
    assert [source["licence"] for source in sources] == ["CC0", "Apache-2.0"]
    assert all(set(source) == {"name", "what", "licence"} for source in sources)
    # Of another training nobody knows what its photos are.
    assert sources_of(Configuration.of(values | {"epochs": 1})) == ()
    assert sources_of(complete("cnn")) == ()


def test_what_is_no_recipe_is_spelt_out() -> None:
    wanted = "python -m fmnist train dense --epochs 3"
    assert command(Configuration("dense", epochs=3)) == wanted


@pytest.mark.parametrize("name", ["cake", "../everyday", ""])
def test_an_unknown_name_is_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match=r"Expected a recipe of .*everyday"):
        read_recipe(name)
