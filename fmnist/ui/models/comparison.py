"""Two models on the same test images."""

from collections.abc import Mapping

import streamlit as st

from fmnist.evaluation.significance import Comparison
from fmnist.models import Card, ModelError
from fmnist.ui import charts
from fmnist.ui.cache import ready_model
from fmnist.ui.charts import ink
from fmnist.ui.models.class_chart import difference_rows, difference_spec
from fmnist.ui.models.gallery import Match, compared_image, comparison_gallery, pick_bar
from fmnist.ui.splits import LoadedSplit

# More likely than this, a difference tells nothing.
_CHANCE = 0.05


def two_models(cards: Mapping[str, Card]) -> tuple[str, str] | None:
    """Let a person choose two; the choice is in the URL. None, and why, if there are not two.

    At first they are the course's dense network and the one with convolutions.
    """
    names = [name for name, card in cards.items() if not card.takes_photos]
    if len(names) < 2:
        st.info("There is only one model for these images. Train another to compare them here.")
        return None
    names.sort(key=lambda name: _order(cards[name]))
    with st.container(horizontal=True):
        first = _choice("first", names)
        second = _choice("second", [name for name in names if name != first])
    return first, second


def comparison_view(first: str, second: str, split: LoadedSplit) -> None:
    """Show what each gets right that the other misses: in words, by class, image by image."""
    try:
        match = Match.of(ready_model(first), ready_model(second), split)
    except (ModelError, ValueError) as error:
        st.error(f"They cannot be compared: {error}", icon=":material/error:")
        return
    st.markdown(in_words(match.compared, first, second))
    by_class, images = st.columns([5, 6], gap="large")
    with by_class:
        charts.show(
            difference_spec(first, second, len(match.class_names), ink()),
            difference_rows(match.compared, split.labels, match.class_names, match.names),
            alt=f"For each class, how many images only {first} or only {second} gets right",
            key="difference-chart",
            on_pick=pick_bar,
        )
    with images:
        picked = comparison_gallery(match)
    if picked is not None:
        compared_image(match, picked)


def in_words(compared: Comparison, first: str, second: str) -> str:
    """Say who gets more right, and what McNemar's test makes of it, in Markdown."""
    ours, theirs = int(compared.only_first.sum()), int(compared.only_second.sum())
    if ours < theirs:
        first, second, ours, theirs = second, first, theirs, ours
    images = "1 image" if ours == 1 else f"{ours:,} images"
    p_value = compared.p_value
    doubt = ", so neither is shown to be the better one" if p_value > _CHANCE else ""
    return (
        f"**{first}** is right on {images} that **{second}** misses, the other way round "
        f"{theirs:,}. Such a difference by chance: {odds(p_value)} (McNemar's test){doubt}."
    )


def odds(p_value: float) -> str:
    """Write a probability as people read small ones: ``1 in 20``."""
    if p_value < 1e-6:
        return "less than 1 in 1,000,000"
    return "more often than not" if p_value > 0.5 else f"1 in {round(1 / p_value):,}"


def _order(card: Card) -> tuple[bool, bool, int]:
    return card.architecture != "dense", card.architecture != "cnn", card.parameters


def _choice(key: str, names: list[str]) -> str:
    if st.session_state.get(key, names[0]) not in names:
        del st.session_state[key]  # a model that is gone, or the other one of the two
    return st.selectbox(key.capitalize(), names, key=key, bind="query-params", width=220)
