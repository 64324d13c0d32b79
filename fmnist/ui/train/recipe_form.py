"""The form that trains by a recipe, as the models that are shipped were."""

import streamlit as st

from fmnist.datasets import DATASETS
from fmnist.training.configuration import Configuration
from fmnist.training.recipe import read_recipe, recipes
from fmnist.ui.cache import teachers


def recipe_form() -> Configuration | None:
    """Let a person choose; returns what to train in the rerun after "Train" was clicked."""
    configurations = {
        name: Configuration(**values)
        for name in recipes()
        # Who trains on photos needs a folder of them, and so the command line.
        if "extras" not in (values := read_recipe(name))
    }
    configurations = {name: c for name, c in configurations.items() if _has_teacher(c)}
    with st.form("recipe", border=False):
        name = st.radio(
            "Recipe",
            list(configurations),
            captions=[_facts(configuration) for configuration in configurations.values()],
            index=list(configurations).index("ten-minutes"),
        )
        if not st.form_submit_button("Train", icon=":material/play_arrow:", type="primary"):
            return None
    return configurations[name]


def _has_teacher(configuration: Configuration) -> bool:
    dataset = DATASETS[configuration.dataset]
    return set(configuration.teachers) <= set(teachers(dataset))


def _facts(configuration: Configuration) -> str:
    epochs = f"{configuration.epochs} epochs"
    title = DATASETS[configuration.dataset].title
    names = ", ".join(configuration.teachers)
    taught = f", taught by {names}" if names else ""
    return f"The {configuration.architecture} network, {epochs} of {title}{taught}"
