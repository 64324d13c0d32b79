"""The forms that say what to train and how; help, range and choices are the configuration's."""

import itertools
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import streamlit as st

from fmnist.architectures import ARCHITECTURES
from fmnist.datasets import DATASETS
from fmnist.settings import is_public
from fmnist.training.applicable import by_architecture, by_task
from fmnist.training.configuration import Configuration
from fmnist.training.option import kind_of, option_of
from fmnist.training.preset import PRESETS, Preset, presets
from fmnist.training.recipe import read_recipe, recipes
from fmnist.training.tasks import TASKS
from fmnist.training.tasks.fine_tuning import DEFAULTS as FINE_TUNING
from fmnist.ui.cache import model_entries, teachers
from fmnist.ui.glossary import write
from fmnist.ui.train.augmented import augmented
from fmnist.ui.train.fields import FIELDS, field
from fmnist.ui.visitor import my_collection

# What of a preset can be adjusted, beside what its architecture takes.
_ADJUSTABLE = (
    "epochs",
    "limit",
    "batch_size",
    "validation_share",
    "optimizer",
    "learning_rate",
    "schedule",
    "loss",
    "augmentation",
    "label_noise",
    "seed",
)


def forms() -> dict[str, Callable[[], Configuration | None]]:
    """Return the forms by what they train; in public nobody has images of their own."""
    offered = {"New network": preset_form, "Recipe": recipe_form}
    return offered if is_public() else offered | {"My images": fine_tuning_form}


def preset_form() -> Configuration | None:
    """Let a person choose; returns what to train in the rerun after "Train" was clicked."""
    preset = _chosen_preset()
    write(preset.why)
    wanted = st.button("Train", icon=":material/play_arrow:", type="primary")
    with st.expander("Adjust", icon=":material/tune:"):
        try:
            configuration = _adjusted(preset)
        except ValueError as error:
            st.error(str(error), icon=":material/error:")
            return None
    return configuration if wanted else None


def _chosen_preset() -> Preset:
    """Let a person choose a preset; its name is in the URL."""
    offered = presets()
    # Not bound: the URL would hold the title.
    if st.session_state.get("preset") not in offered:
        linked = st.query_params.get("preset")
        st.session_state["preset"] = linked if linked in offered else next(iter(offered))
    name = st.pills(
        "Preset",
        list(offered),
        format_func=lambda name: offered[name].title,
        required=True,
        key="preset",
        wrap=True,
        label_visibility="collapsed",
    )
    assert name is not None  # one is required
    st.query_params["preset"] = name
    return offered[name]


def _adjusted(preset: Preset) -> Configuration:
    """Show what can be adjusted of a preset, as far as it applies to what is chosen above.

    Raises:
        ValueError: if what is chosen does not go together.
    """
    values = asdict(preset.configuration)
    head, switches = st.container(), st.container(horizontal=True, gap="medium")
    places = itertools.cycle(head.columns(2))

    def choose(name: str, **about: Any) -> Any:
        place = switches if kind_of(FIELDS[name]) is bool else next(places)
        return field(place, name, values[name], key=f"{preset.name}-{name}", **about)

    dataset = DATASETS[choose("dataset", label="Data set")]
    architecture = choose("architecture", offered=TASKS["labels"].architectures())
    head.caption(ARCHITECTURES[architecture].summary)
    chosen = st.multiselect(
        "Learn from",
        teachers(dataset),
        placeholder="The labels",
        help=option_of(FIELDS["teacher"]).help,
        key=f"{preset.name}-teacher-{dataset.name}",
    )
    task = "distillation" if chosen else "labels"

    def applies(name: str) -> bool:
        return by_architecture(name, architecture) and by_task(name, task)

    places = itertools.cycle(head.columns(2))
    names = (*ARCHITECTURES[architecture].takes, *_ADJUSTABLE)
    adjusted = {name: choose(name) for name in names if applies(name)}
    if adjusted["augmentation"] != "none":
        augmented(dataset, adjusted["augmentation"])
    kept = {name: value for name, value in values.items() if applies(name)}
    own = {"architecture": architecture, "dataset": dataset.name}
    taught = {"task": task, "teacher": ",".join(chosen)}
    return Configuration.of(kept | adjusted | own | taught)


def recipe_form() -> Configuration | None:
    """Let a person choose; returns what to train in the rerun after "Train" was clicked."""
    # Who trains on photos needs a folder of them, and so the command line.
    names = [name for name in recipes() if name not in PRESETS]
    readable = {name: values for name in names if "task" not in (values := read_recipe(name))}
    configurations = {name: Configuration.of(values) for name, values in readable.items()}
    configurations = {name: c for name, c in configurations.items() if _has_teacher(c)}
    with st.form("recipe", border=False):
        name = st.radio(
            "Recipe",
            list(configurations),
            captions=[_facts(configuration) for configuration in configurations.values()],
            index=list(configurations).index("cnn"),
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
    items, _ = my_collection(dataset).read()
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
            "epochs": field(left, "epochs", FINE_TUNING["epochs"]),
            "limit": field(
                right, "limit", FINE_TUNING["limit"], label="Other images", offered=limits
            ),
            "learning_rate": field(left, "learning_rate", FINE_TUNING["learning_rate"]),
        }
        if not _train_button():
            return None
    return Configuration.complete({"start_from": name, **values})


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
