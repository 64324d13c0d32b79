"""The form that lets the model of the sidebar go on with my images."""

import streamlit as st

from fmnist.datasets import DATASETS
from fmnist.my_images import default_collection
from fmnist.training.configuration import GOING_ON, Configuration, takes_extras
from fmnist.ui.cache import model_entries

_LEARNING_RATES = [0.0001, 0.0003, 0.001, 0.003]
_LIMITS = [2000, 6000, 20_000, 60_000]


def going_on_form() -> Configuration | None:
    """Let a person choose; returns what to train in the rerun after "Train" was clicked."""
    cards = {entry.name: entry.card for entry in model_entries() if not entry.problem}
    name = st.session_state.get("model", "")
    card = cards.get(name)
    if card is None:
        st.caption("There is no model yet that could go on.")
        return None
    dataset = DATASETS[card.dataset]
    if not takes_extras(dataset.name):
        st.caption(f"Models of {dataset.title} cannot go on yet: choose another in the sidebar.")
        return None
    items, _ = default_collection(dataset).read()
    # Who cannot tell what is unfamiliar has no answer for it to learn either.
    useful = [x for x in items if x.label is not None or card.unfamiliar_above is not None]
    if len(useful) < len(items):
        st.caption(f"Images of none of the ten are left out: {name} has no answer for them.")
    if not useful:
        st.caption("Nothing to learn yet: where an answer on Draw or Photo is wrong, correct it.")
        return None
    images = "your one image" if len(useful) == 1 else f"your {len(useful)} images"
    st.caption(
        f"{name} goes on with {images} among others of {dataset.title}, so that it forgets "
        "little, and becomes a model of its own."
    )
    with st.form("going-on", border=False):
        left, right = st.columns(2)
        epochs = left.number_input(
            "Epochs", 1, 50, GOING_ON["epochs"], help="How often each of the other images is seen."
        )
        limit = right.selectbox(
            "Other images",
            _LIMITS,
            _LIMITS.index(GOING_ON["limit"]),
            format_func=lambda limit: f"{limit:,}",
            help=f"Images of {dataset.title}. Fewer are quicker, and it forgets more.",
        )
        learning_rate = left.selectbox(
            "Learning rate",
            _LEARNING_RATES,
            _LEARNING_RATES.index(GOING_ON["learning_rate"]),
            format_func=lambda rate: f"{rate:g}",
            help="How far each step goes. Larger steps learn yours faster, and forget more.",
        )
        if not st.form_submit_button("Train", icon=":material/play_arrow:", type="primary"):
            return None
    chosen = {"epochs": int(epochs), "limit": limit, "learning_rate": learning_rate}
    return Configuration(card.architecture, start_from=name, **GOING_ON | chosen)
