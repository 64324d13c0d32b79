"""Lesson 8: augmentation; and saving, loading, a difference of 0.0."""

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation.network import Network
from fmnist.lessons.augmented import augmented
from fmnist.lessons.network import flattened, forward
from fmnist.lessons.saving import loaded, saved, weights
from fmnist.models.folder import TWIN
from fmnist.ui.gallery import Thumbnail, gallery
from fmnist.ui.learn.lesson import Answer, Lesson, Link
from fmnist.ui.learn.material import CNN, DATASET, DENSE, model, test_image, test_split
from fmnist.ui.pixels import pixels
from fmnist.ui.why.resources import explained

_AUGMENT, _SAVE = "Augment", "Save and load"
_COUNT = 18
_FORMS = {"float32, as it was": np.float32, "float16, half the size": np.float16}


@st.fragment
def _live() -> None:
    what = st.segmented_control(
        "What to try",
        [_AUGMENT, _SAVE],
        default=_AUGMENT,
        required=True,
        key="augmentation-what",
        label_visibility="collapsed",
    )
    if what == _AUGMENT:
        _augment()
    else:
        _save()


def _augment() -> None:
    split, ready = test_split(), model(CNN)
    chosen, flips, turns, zooms = st.columns([3, 2, 3, 3], vertical_alignment="bottom")
    with chosen:
        number = test_image("augmentation-number", 0)
    flip = flips.toggle("Flip", value=True, key="augmentation-flip")
    degrees = turns.slider("Rotate, up to", 0, 180, 30, 10, "%d°", key="augmentation-turn")
    zoom = zooms.slider("Zoom, up to", 0.0, 0.6, 0.2, 0.1, key="augmentation-zoom")
    image, label = split.image(number), int(split.labels[number])
    images = augmented(image, _COUNT, flip=flip, degrees=degrees, zoom=zoom)
    said = ready.classifier.predict_proba(images).argmax(axis=1)
    names = DATASET.class_names
    original, changed = st.columns([3, 8], gap="large")
    with original:
        pixels(image, f"As it is: {names[label]}", key="augmentation-pixels")
        st.caption("Validation and test images stay like this.")
    with changed:
        gallery(
            images,
            [
                Thumbnail(n, f"{names[each]}, says cnn", "right" if each == label else "wrong")
                for n, each in enumerate(said)
            ],
            None,
            lambda n: None,
            key="augmentation-gallery",
        )
        right = int((said == label).sum())
        others = " or ".join(names[each] for each in np.unique(said[said != label]))
        dotted = f" Those with a red dot it calls {others}." if others else ""
        st.markdown(
            f"**cnn** calls {right} of these {_COUNT} {names[label]}.{dotted} It has never seen "
            "any of them."
        )


def _save() -> None:
    ready = model(DENSE)
    st.markdown(
        "The weights of **dense** are written to a file's bytes and read back; both answer all "
        "test images."
    )
    split = test_split()
    images = split.images[np.arange(len(split.labels))]
    rows = _compared(ready.card.sha256[TWIN], explained(ready).network, images)
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        column_config={"Largest difference": st.column_config.NumberColumn(format="%.6f")},
    )
    st.caption(
        "Difference of the ten scores before softmax. Kept as float32, not one bit is lost: the "
        "model you load is the model you saved. In half precision it nearly is."
    )


@st.cache_data(max_entries=2, show_spinner="Saving, loading, comparing…")
def _compared(twin: str, _network: Network, _images: NDArray[np.uint8]) -> pd.DataFrame:
    """Save and load weights in two forms, and compare what the network says."""
    before, inputs = weights(_network.layers), flattened(_images)
    said = forward(before, inputs)
    rows = []
    for name, form in _FORMS.items():
        content = saved(before, form)
        again = forward(loaded(content), inputs)
        changed = int((again.argmax(axis=1) != said.argmax(axis=1)).sum())
        rows.append((name, f"{len(content):,}", float(np.abs(again - said).max()), changed))
    return pd.DataFrame(rows, columns=["Kept as", "Bytes", "Largest difference", "Answers changed"])


LESSON = Lesson(
    title="Augment, save, load",
    summary="One image, many ways. And a difference of 0.0.",
    picture="".join(
        f'<g class="{"fill" if turn == 0 else "soft"}" transform="translate({x} 30) '
        f'rotate({turn}) scale({size})">'
        '<path d="M-8-12H4V0L14 6V12H-8Z"/></g>'
        for x, turn, size in ((20, 0, 1), (52, -18, 0.9), (80, 24, 1.1), (106, 8, 0.7))
    ),
    words=(
        "Augmentation shows each training image a little differently in every epoch: mirrored, "
        "turned, zoomed. So a network learns what does not matter, and memorises less. A trained "
        "network is saved as its weights; whoever loads them gets the same answers, with a "
        "difference of 0.0."
    ),
    failure=(
        "Turn by up to 180°. A boot upside down is a boot to you; **cnn** never saw one, and calls "
        "it something else. Augment by what may happen, and not by more."
    ),
    question="Which images are augmented in training?",
    answers=(
        Answer(
            "The training images and the validation images, so that they are alike",
            "Validation asks how the network does on images as people bring them. Would those be "
            "turned by chance?",
        ),
        Answer(
            "All 70,000, once, before training begins",
            "Then each would look the same in every epoch, and the test would be of images that "
            "nobody brings. When are changes drawn anew?",
        ),
        Answer(
            "The training images alone, anew in each epoch",
            "What is measured on must stay as it is, or two epochs could not be compared.",
            right=True,
        ),
    ),
    link=Link(
        "models.py",
        "How cnn was trained, with its augmentation",
        {"model": "cnn", "view": "Card", "card": "cnn"},
    ),
    live=_live,
)
