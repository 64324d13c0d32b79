"""The form that says what to train and how."""

import streamlit as st

from fmnist.architectures import ARCHITECTURES
from fmnist.datasets import DATASETS
from fmnist.training.augmentation.geometric import AUGMENTATIONS
from fmnist.training.configuration import MAX_BATCH_SIZE, OPTIMIZERS, Configuration
from fmnist.ui.cache import teachers

_LEARNING_RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]
_BATCH_SIZES = [size for size in (16, 32, 64, 128, 256, 512, 1024) if size <= MAX_BATCH_SIZE]
# A short look needs few images; None is all of them.
_LIMITS = {"All": None, "10,000": 10_000, "2,000": 2_000}


def training_form() -> Configuration | None:
    """Let a person choose; returns what to train in the rerun after "Train" was clicked."""
    default = Configuration()
    # Not in the form: who can teach depends on it.
    dataset = DATASETS[
        st.selectbox("Data set", list(DATASETS), format_func=lambda name: DATASETS[name].title)
    ]
    with st.form("training", border=False):
        architecture = st.radio(
            "Architecture",
            list(ARCHITECTURES),
            captions=list(ARCHITECTURES.values()),
            index=list(ARCHITECTURES).index("dense"),
        )
        left, right = st.columns(2)
        epochs = left.number_input(
            "Epochs", 1, 200, 5, help="How often each training image is seen."
        )
        limit = right.selectbox(
            "Training images", list(_LIMITS), help="Fewer are quicker, and learn less."
        )
        batch_size = left.selectbox(
            "Batch size",
            _BATCH_SIZES,
            _BATCH_SIZES.index(default.batch_size),
            help="Images a step: the weights change once for each batch.",
        )
        seed = right.number_input(
            "Seed", 0, 9999, default.seed, help="The same seed gives the same model."
        )
        optimizer = left.selectbox(
            "Optimizer",
            list(OPTIMIZERS),
            format_func=lambda name: OPTIMIZERS[name],
            help="How each step is taken. SGD wants a learning rate some ten times as high.",
        )
        learning_rate = right.selectbox(
            "Learning rate",
            _LEARNING_RATES,
            _LEARNING_RATES.index(default.learning_rate),
            format_func=lambda rate: f"{rate:g}",
            help="How far each step goes. Too high and the loss jumps, too low and it crawls.",
        )
        augmentation = st.selectbox(
            "Augmentation",
            list(AUGMENTATIONS),
            format_func=lambda name: name.replace("-", " ").capitalize(),
            help="Changes to the training images, new ones in every epoch. Validation has none.",
        )
        chosen = st.multiselect(
            "Learn from",
            teachers(dataset),
            placeholder="The labels",
            help="Models whose answers count instead of the labels.",
        )
        if not st.form_submit_button("Train", icon=":material/play_arrow:", type="primary"):
            return None
    return Configuration(
        architecture=architecture,
        dataset=dataset.name,
        epochs=int(epochs),
        batch_size=batch_size,
        optimizer=optimizer,
        learning_rate=learning_rate,
        augmentation=augmentation,
        limit=_LIMITS[limit],
        seed=int(seed),
        teacher=",".join(chosen),
    )
