"""The model that predicts, chosen in the head of any page for all of them."""

import streamlit as st

from fmnist.datasets import DATASETS
from fmnist.models import Card, ModelError, default_store, preferred
from fmnist.ui.cache import ReadyModel, model_entries, ready_model


def model_picker() -> None:
    """Let a person choose a model; the choice is in the URL and holds on every page.

    The sidebar says what it is, and which models cannot be used and why.
    """
    entries = {entry.name: entry for entry in model_entries()}
    usable = [name for name, entry in entries.items() if entry.selectable]
    if usable:
        default = usable.index(preferred(usable))
        name = st.selectbox(
            "Model",
            usable,
            default,
            key="model",
            bind="query-params",
            width=170,
            label_visibility="collapsed",
        )
        st.sidebar.caption(f"**{name}** answers. {_facts(entries[name].card)}")
    for entry in entries.values():
        if entry.problem:
            st.sidebar.caption(f":material/error: **{entry.name}** cannot be used: {entry.problem}")


def chosen_model() -> ReadyModel:
    """Return the model that a person chose; where there is none, say so and end the page."""
    name = st.session_state.get("model")
    if name is None:
        st.info(
            "There is no trained model yet. Train one on the Train page, "
            f"or put a model's folder into `{default_store().root}`.",
            icon=":material/model_training:",
        )
        st.stop()
    try:
        return ready_model(name)
    except (ModelError, ValueError) as error:
        st.error(f"The model {name} cannot be used: {error}", icon=":material/error:")
        st.stop()


def _facts(card: Card | None) -> str:
    if card is None:
        return ""
    accuracy, measured = card.metrics.get("test_accuracy"), ""
    if accuracy is not None:
        share = f"{accuracy:.1%}".replace("%", "\N{NO-BREAK SPACE}%")
        measured = f"{share} of the test images right, "
    return f"{DATASETS[card.dataset].title}: {measured}{card.parameters:,} parameters"
