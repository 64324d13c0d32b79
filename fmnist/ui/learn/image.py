"""Lesson 2: an image is numbers, 28 rows of 28."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.ui.learn.lesson import Answer, Lesson, Link
from fmnist.ui.learn.material import DATASET, DENSE, first_images, model, test_image, test_split
from fmnist.ui.wording import percent

_RAW, _SCALED = "0–255", "Scaled to 0–1"
# Writing on pixels up to that value: quiet where it is black, and 4.5:1 everywhere.
_WRITING = ((30, "#9aa0a8"), (118, "#ffffff"), (255, "#000000"))


@st.fragment
def _live() -> None:
    split, ready = test_split(), model(DENSE)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        number = test_image("image-number", 0)
        how = st.segmented_control(
            "Numbers", [_RAW, _SCALED], default=_RAW, required=True, key="image-how"
        )
    image, name = split.image(number), DATASET.class_names[split.labels[number]]
    st.html(_numbers(image, name, scaled=how == _SCALED))
    twice = st.toggle("Scale it before the model, which scales it too", key="image-twice")
    said = ready.classifier.predict_proba(_scaled(image[None], twice))[0]
    line = f"**dense** says **{DATASET.class_names[said.argmax()]}**, {percent(said.max())}."
    if twice:
        images = first_images()
        labels = ready.classifier.predict_proba(_scaled(images, twice)).argmax(axis=1)
        counts = np.bincount(labels)
        line += (
            f" Of the first {len(images):,} test images, scaled like this, it calls "
            f"**{counts.max():,} {DATASET.class_names[counts.argmax()]}**."
        )
    st.markdown(line)


def _numbers(image: NDArray[np.uint8], name: str, *, scaled: bool) -> str:
    """Write each pixel's number into its square, on its own gray."""
    cells = "".join(
        f'<i style="background: rgb({value}, {value}, {value}); '
        f'color: {next(colour for most, colour in _WRITING if value <= most)}">'
        f"{f'{value / 255:.2f}'.lstrip('0') if scaled and value else value}</i>"
        for value in image.flat
    )
    words = f"{name}: 28 rows of 28 numbers, from {image.min()} to {image.max()}"
    grid = f'<div class="numbers" role="img" aria-label="{words}">{cells}</div>'
    return f'<div class="scrolls">{grid}</div>'


def _scaled(images: NDArray[np.uint8], twice: bool) -> NDArray[np.uint8]:
    """What reaches a model that divides by 255 itself: whole numbers, so 0 or 1 if scaled."""
    return np.rint(images / 255).astype(np.uint8) if twice else images


LESSON = Lesson(
    title="An image is numbers",
    summary="784 of them, from 0 to 255. Then scaled.",
    picture="".join(
        f'<rect x="{36 + 8 * x}" y="{6 + 8 * y}" width="7" height="7" rx="1" class="fill" '
        f'fill-opacity="{shade / 9}"/>'
        for y, row in enumerate(("000790", "000890", "003990", "389980", "999999", "555555"))
        for x, shade in enumerate(map(int, row))
    ),
    words=(
        "Fashion-MNIST has 70,000 images of clothes: 60,000 to learn from, 10,000 to test with. "
        "Each is 28×28 gray pixels, a whole number from 0 (black) to 255 (white). A network "
        "learns best from small numbers, so each is divided by 255; the models here do that in "
        "their first layer. Each image has a label from 0 to 9: the class it belongs to."
    ),
    failure=(
        "Scale the image and hand it to a model that scales it again: all is nearly black, and "
        "it is never an error, just one answer for everything. Switch it on to see which."
    ),
    question="What is `train_images.shape`?",
    answers=(
        Answer(
            "(28, 28, 60000)",
            "The sizes are right. `train_images[0]` should be the first image: which axis has to "
            "come first?",
        ),
        Answer(
            "(60000, 784)",
            "That is what they are after flattening, which is the next lesson. Here the rows are "
            "still rows.",
        ),
        Answer(
            "(60000, 28, 28)",
            "60,000 images, of 28 rows, of 28 pixels; `len(train_labels)` is 60,000 too, a label "
            "for each.",
            right=True,
        ),
        Answer(
            "(70000, 28, 28)",
            "So many are there in all. 10,000 of them are kept apart, for the test.",
        ),
    ),
    link=Link(
        "inside.py",
        "Any image as numbers",
        {"model": "dense", "layer": "Image", "image": "0"},
    ),
    live=_live,
)
