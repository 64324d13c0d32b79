"""What the Models page shows below its chart, one at a time."""

from collections.abc import Callable, Mapping

import streamlit as st

from fmnist.datasets import DataUnavailableError
from fmnist.models import Card
from fmnist.models.published import classic, published
from fmnist.ui.cache import ReadyModel
from fmnist.ui.classic_chart import classic_chart
from fmnist.ui.missing_data import missing_data
from fmnist.ui.models.card import card_choice, model_card, published_table
from fmnist.ui.models.comparison import comparison_view, two_models
from fmnist.ui.models.mistakes import mistakes
from fmnist.ui.models.robustness import robustness_view
from fmnist.ui.splits import LoadedSplit, loaded_split

Cards = Mapping[str, Card]


def card(model: ReadyModel, cards: Cards) -> None:
    """Show all that is known of one model."""
    name = card_choice(list(cards), model.name)
    model_card(name, cards[name])


def confused(model: ReadyModel, cards: Cards) -> None:
    """Show what one model confuses."""
    name = card_choice(list(cards), model.name)
    split = _split(model)
    if split:
        mistakes(name, cards[name], split)


def robustness(model: ReadyModel, cards: Cards) -> None:
    """Show how far images may change until a model fails."""
    name = card_choice(list(cards), model.name)
    split = _split(model)
    if split:
        robustness_view(name, cards, split)


def compared(model: ReadyModel, cards: Cards) -> None:
    """Show two models side by side."""
    pair = two_models(cards)
    split = _split(model) if pair else None
    if pair and split:
        comparison_view(*pair, split)


def others(model: ReadyModel, cards: Cards) -> None:
    """Show what others have published, and what was reached before deep learning."""
    methods = classic()
    if methods:
        st.header("Before deep learning", anchor=False)
        st.caption(
            "The same methods on the same number of images: digits are easy for all of them, "
            "clothes are not."
        )
        classic_chart(methods)
    published_table(published(model.dataset.name))


VIEWS: dict[str, Callable[[ReadyModel, Cards], None]] = {
    "Card": card,
    "Mistakes": confused,
    "Robustness": robustness,
    "Two models": compared,
    "Others": others,
}


def chosen_view() -> Callable[[ReadyModel, Cards], None]:
    """Let a person choose what to see; the choice is in the URL."""
    name = st.segmented_control(
        "What to show",
        list(VIEWS),
        # A link from before these were apart.
        default="Two models" if "first" in st.query_params else "Card",
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
    return VIEWS[name]


def _split(model: ReadyModel) -> LoadedSplit | None:
    try:
        return loaded_split(model.dataset)
    except DataUnavailableError as error:
        missing_data(model.dataset, error)
        return None
