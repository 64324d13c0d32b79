"""The model that predicts, chosen in the sidebar for all pages."""

import streamlit as st

from fmnist.datasets import DATASETS
from fmnist.models import Card, ModelError, default_store, preferred
from fmnist.ui.cache import ReadyModel, model_entries, ready_model


def model_picker() -> None:
    """Let a person choose a model; the choice is in the URL and holds on every page."""
    entries = {entry.name: entry for entry in model_entries()}
    usable = [name for name, entry in entries.items() if entry.selectable]
    if usable:
        default = usable.index(preferred(usable))
        name = st.selectbox("Model", usable, default, key="model", bind="query-params")
        st.caption(_facts(entries[name].card))
    for entry in entries.values():
        if entry.problem:
            st.caption(f":material/error: **{entry.name}** cannot be used: {entry.problem}")


def chosen_model() -> ReadyModel:
    """Return the model of the sidebar; where there is none, say so and end the page."""
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
    accuracy = card.metrics.get("test_accuracy")
    measured = f"{100 * accuracy:.1f} % of the test images right, " if accuracy is not None else ""
    return f"{DATASETS[card.dataset].title}: {measured}{card.parameters:,} parameters"
