"""The label table: each class's number, its name, and three rows of its images."""

import streamlit as st

from fmnist.datasets import Dataset
from fmnist.ui.data.sprites import class_sprites
from fmnist.ui.splits import LoadedSplit


def class_table(dataset: Dataset, train: LoadedSplit) -> None:
    """Show the classes in label order, with the first training images of each."""
    sprites = zip(dataset.class_names, class_sprites(dataset, train), strict=True)
    with st.container(key="classes", gap=None):
        for label, (name, sprite) in enumerate(sprites):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                named = f" {name}" if name != str(label) else ""
                st.markdown(f"**{label}**{named}", width=124)
                st.image(
                    sprite, width="stretch", alt=f"Three rows of training images of {label}{named}"
                )
