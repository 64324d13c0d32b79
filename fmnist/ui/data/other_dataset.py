"""Fashion-MNIST beside the digits that it was made to replace, and methods on both."""

import numpy as np
import streamlit as st

from fmnist.datasets import DATASETS, Dataset, DataUnavailableError
from fmnist.models import Card
from fmnist.models.published import CLASSIC_TRAINED_ON, Classic, classic
from fmnist.ui.cache import usable_cards
from fmnist.ui.classic_chart import classic_chart
from fmnist.ui.data.sprites import first_of_each, png, tiled
from fmnist.ui.glossary import write

_CLOTHES, _DIGITS = DATASETS["fashion-mnist"], DATASETS["mnist"]
_ROWS = 4

# A network that was trained on both, in words, with the names of the two models.
NETWORKS = {
    "Dense network": ("dense", "digits-dense"),
    "Convolutional network": ("cnn", "digits-cnn"),
}


def beside_the_other() -> None:
    """Show test images of both data sets; what is not here is said, with the way to get it."""
    for column, dataset in zip(st.columns(2, gap="large"), (_CLOTHES, _DIGITS), strict=True):
        with column:
            try:
                picture = _sprite(dataset.name)
            except DataUnavailableError:
                st.caption(
                    f"The images of {dataset.title} are not on this machine. "
                    f"`python -m fmnist data {dataset.name} --fetch` fetches them."
                )
                continue
            names = ", ".join(dataset.class_names)
            with st.container(key=f"sprite-{dataset.name}"):
                st.image(
                    picture,
                    width="stretch",
                    caption=f"{dataset.title}: a column for each class, test images",
                    alt=f"Four test images of each class of {dataset.title}: {names}",
                )


def methods_on_both() -> None:
    """Show the accuracy of classic methods and of networks on both, and why digits were left."""
    methods = classic()
    if not methods:
        return
    networks = networks_on_both(usable_cards(_CLOTHES), usable_cards(_DIGITS))
    chart, why = st.columns([7, 4], gap="large")
    with chart:
        classic_chart([*methods, *(method for method, _ in networks)])
        learnt = "; ".join(note for _, note in networks)
        write(
            f"Accuracy on the 10,000 test images of each. The classic methods learnt from "
            f"{CLASSIC_TRAINED_ON:,} training images of each" + (f"; {learnt}." if learnt else "."),
            small=True,
        )
    with why:
        best = max(methods, key=lambda each: each.accuracy[_DIGITS.title])
        easy, hard = (100 * best.accuracy[each.title] for each in (_DIGITS, _CLOTHES))
        st.markdown(
            "MNIST's digits were everybody's first data set. Fashion-MNIST has the same shapes and "
            "lengths, to take their place without a change. Its makers' reasons:\n\n"
            "- MNIST is **too easy**: convolutional networks get 99.7 %, classic methods 97 %. "
            f"Here, {best.method} is right in {easy:.1f} % of the digits and {hard:.1f} % of the "
            "clothes.\n"
            "- It is **overused**: researchers such as Ian Goodfellow have asked people to move "
            "on.\n"
            "- It is **not representative** of modern computer vision, as François Chollet says.\n"
            "\nSource: [Xiao, Rasul and Vollgraf, 2017](https://arxiv.org/abs/1708.07747), and the "
            "[repository](https://github.com/zalandoresearch/fashion-mnist)."
        )


def networks_on_both(
    clothes: dict[str, Card], digits: dict[str, Card]
) -> list[tuple[Classic, str]]:
    """Return the networks that were trained on both, each with what it learnt from in words."""
    found = []
    for words, names in NETWORKS.items():
        cards = [of.get(name) for of, name in zip((clothes, digits), names, strict=True)]
        if not all(card and "test_accuracy" in card.metrics for card in cards):
            continue
        known = [card for card in cards if card]
        accuracy = {
            dataset.title: card.metrics["test_accuracy"]
            for dataset, card in zip((_CLOTHES, _DIGITS), known, strict=True)
        }
        seconds = sum(card.metrics.get("training_seconds", 0) for card in known)
        n_clothes, n_digits = (card.split["train"] for card in known)
        note = f"the {words.lower()} from {n_clothes:,} clothes and {n_digits:,} digits"
        found.append((Classic(words, accuracy, round(seconds, 1)), note))
    return found


@st.cache_resource(max_entries=2, show_spinner=False)
def _sprite(name: str) -> bytes:
    """Return a PNG of the first test images of each class, a column a class."""
    dataset: Dataset = DATASETS[name]
    split = dataset.load("test", download=False)
    numbers = first_of_each(split.labels, len(dataset.class_names), _ROWS)
    return png(np.hstack([tiled(split.images[of_class], _ROWS) for of_class in numbers]))
