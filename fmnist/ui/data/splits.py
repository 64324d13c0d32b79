"""The two halves of a data set: shapes and lengths, and what each part is for."""

import numpy as np
import streamlit as st

from fmnist.training.configuration import Configuration
from fmnist.training.split import hold_out
from fmnist.ui.glossary import explained
from fmnist.ui.splits import LoadedSplit


def course_answers(train: LoadedSplit, test: LoadedSplit) -> None:
    """Show shapes and lengths, as Python prints them."""
    asked = {
        "train_images.shape": _shape(train),
        "len(train_labels)": len(train.labels),
        "test_images.shape": _shape(test),
        "len(test_labels)": len(test.labels),
        "train_labels[:9]": train.labels[:9].tolist(),
    }
    lines = (f">>> {question}\n{answer}" for question, answer in asked.items())
    # In one colour: those of Streamlit's Python are too pale on light paper.
    st.code("\n".join(lines), language=None)


def split_uses(train: LoadedSplit, test: LoadedSplit) -> None:
    """Show how many images there are to learn from, to choose by and to test with."""
    learnt, held_out = map(len, hold_out(train.labels, Configuration.validation_share))
    parts = {
        "Training": (learnt, "The training set: the network learns from these."),
        "Validation": (
            held_out,
            "The validation set: held out of them, to choose settings by. Not a second test set.",
        ),
        "Test": (
            len(test.labels),
            "The test set: asked once, at the end. Who chooses by it has none left to test with.",
        ),
    }
    bar = "".join(f'<i style="flex:{n}"></i>' for n, _ in parts.values())
    said = "".join(
        f"<dt>{name} <b>{n:,}</b></dt><dd>{explained(use)}</dd>" for name, (n, use) in parts.items()
    )
    st.html(f'<div class="parts"><div aria-hidden="true">{bar}</div><dl>{said}</dl></div>')
    st.caption(
        f"Of each class there are {_of_each(train)} training and {_of_each(test)} test images."
    )


def _shape(split: LoadedSplit) -> tuple[int, ...]:
    return (len(split.images), *split.image(0).shape)


def _of_each(split: LoadedSplit) -> str:
    """Say how many images there are of each class: ``6,000``, or ``892 to 1,135``."""
    counts = np.bincount(split.labels)
    fewest, most = counts.min(), counts.max()
    return f"{fewest:,}" if fewest == most else f"{fewest:,} to {most:,}"
