"""The forms that say what to train and how; help, range and choices are the configuration's."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from fmnist.datasets import DATASETS
from fmnist.my_images import default_collection
from fmnist.training.configuration import Configuration
from fmnist.training.option import option_of
from fmnist.training.recipe import read_recipe, recipes
from fmnist.training.tasks import TASKS
from fmnist.training.tasks.fine_tuning import DEFAULTS as FINE_TUNING
from fmnist.ui.cache import model_entries, teachers

_FIELDS = {each.name: each for each in fields(Configuration)}


def training_form() -> Configuration | None:
    """Let a person choose; returns what to train in the rerun after "Train" was clicked."""
    # Not in the form: who can teach depends on it.
    dataset = DATASETS[_field(st.container(), "dataset", label="Data set")]
    summaries = option_of(_FIELDS["architecture"]).choices
    names = TASKS["labels"].architectures()
    with st.form("training", border=False):
        architecture = st.radio(
            "Architecture",
            names,
            captions=[summaries[name] for name in names],
            index=names.index("dense"),
        )
        left, right = st.columns(2)
        values = {
            "epochs": _field(left, "epochs", 5),
            "limit": _field(right, "limit", label="Training images"),
        }
        with st.expander("More options"):
            left, right = st.columns(2)
            values |= {
                "batch_size": _field(left, "batch_size"),
                "seed": _field(right, "seed"),
                "optimizer": _field(left, "optimizer"),
                "learning_rate": _field(right, "learning_rate"),
                "loss": _field(left, "loss"),
                "augmentation": _field(right, "augmentation"),
            }
            chosen = st.multiselect(
                "Learn from",
                teachers(dataset),
                placeholder="The labels",
                help=option_of(_FIELDS["teacher"]).help,
            )
        if not _train_button():
            return None
    own = {"architecture": architecture, "dataset": dataset.name, "teacher": ",".join(chosen)}
    return Configuration.of(own | values)


def recipe_form() -> Configuration | None:
    """Let a person choose; returns what to train in the rerun after "Train" was clicked."""
    # Who trains on photos needs a folder of them, and so the command line.
    readable = {name: values for name in recipes() if "task" not in (values := read_recipe(name))}
    configurations = {name: Configuration.of(values) for name, values in readable.items()}
    configurations = {name: c for name, c in configurations.items() if _has_teacher(c)}
    with st.form("recipe", border=False):
        name = st.radio(
            "Recipe",
            list(configurations),
            captions=[_facts(configuration) for configuration in configurations.values()],
            index=list(configurations).index("ten-minutes"),
        )
        return configurations[name] if _train_button() else None


def fine_tuning_form() -> Configuration | None:
    """Let a person choose; returns what to train in the rerun after "Train" was clicked."""
    cards = {entry.name: entry.card for entry in model_entries() if not entry.problem}
    name = st.session_state.get("model", "")
    card = cards.get(name)
    if card is None:
        st.caption("There is no model yet that could be fine-tuned.")
        return None
    dataset = DATASETS[card.dataset]
    if not TASKS["fine-tuning"].takes_dataset(dataset.name):
        st.caption(
            f"Models of {dataset.title} cannot be fine-tuned yet: choose another model above."
        )
        return None
    items, _ = default_collection(dataset).read()
    # A model that cannot tell what is none of its classes has no output to learn it by either.
    useful = [x for x in items if x.label is not None or card.ood_threshold is not None]
    if len(useful) < len(items):
        st.caption(f"Images of none of the ten are left out: {name} has no answer for them.")
    if not useful:
        st.caption("Nothing to learn yet: where an answer on Draw or Photo is wrong, correct it.")
        return None
    images = "your one image" if len(useful) == 1 else f"your {len(useful)} images"
    st.caption(
        f"{name} is fine-tuned with {images} among others of {dataset.title}, so that it forgets "
        "little, and becomes a model of its own."
    )
    with st.form("fine-tuning", border=False):
        left, right = st.columns(2)
        limits = [2000, FINE_TUNING["limit"], 20_000, 60_000]
        values = {
            "epochs": _field(left, "epochs", FINE_TUNING["epochs"]),
            "limit": _field(right, "limit", FINE_TUNING["limit"], "Other images", limits),
            "learning_rate": _field(left, "learning_rate", FINE_TUNING["learning_rate"]),
        }
        if not _train_button():
            return None
    return Configuration.complete({"start_from": name, **values})


def _field(
    place: DeltaGenerator,
    name: str,
    default: Any = ...,
    label: str = "",
    offered: Iterable[Any] = (),
) -> Any:
    """Show the widget for a field of the configuration, and return what is chosen.

    Args:
        place: where.
        name: the field's name.
        default: what is chosen at first; by default the field's own.
        label: by default the name in words.
        offered: the values to choose from; by default those that the field offers.
    """
    option = option_of(_FIELDS[name])
    default = _FIELDS[name].default if default is ... else default
    label = label or name.replace("_", " ").capitalize()
    values = list(offered or option.choices or option.offered)
    if not values:
        return place.number_input(
            label, int(option.low), int(option.high), default, help=option.help
        )
    return place.selectbox(
        label,
        values,
        values.index(default),
        format_func=lambda value: option.choices.get(value) or _written(value),
        help=option.help,
    )


def _written(value: float | None) -> str:
    if value is None:
        return "All"
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _train_button() -> bool:
    return st.form_submit_button("Train", icon=":material/play_arrow:", type="primary")


def _has_teacher(configuration: Configuration) -> bool:
    dataset = DATASETS[configuration.dataset]
    return set(configuration.teachers) <= set(teachers(dataset))


def _facts(configuration: Configuration) -> str:
    epochs = f"{configuration.epochs} epochs"
    title = DATASETS[configuration.dataset].title
    names = ", ".join(configuration.teachers)
    taught = f", taught by {names}" if names else ""
    return f"The {configuration.architecture} network, {epochs} of {title}{taught}"
