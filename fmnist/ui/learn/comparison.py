"""Lesson 7: a dense and a convolutional network, on the same images."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation.perturbation import PERTURBATIONS
from fmnist.inference.classifier import Classifier
from fmnist.models.folder import TWIN
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel
from fmnist.ui.charts import ink
from fmnist.ui.gallery import Thumbnail, gallery
from fmnist.ui.learn.lesson import Answer, Lesson, Link
from fmnist.ui.learn.material import (
    CNN,
    DATASET,
    DENSE,
    first_images,
    first_labels,
    model,
    test_split,
)
from fmnist.ui.pixels import pixels
from fmnist.ui.splits import all_predictions
from fmnist.ui.wording import percent

_SHOWN, _BAR = 20, 18
_PICKED = "comparison-image"


@st.fragment
def _live() -> None:
    split, pair = test_split(), [model(DENSE), model(CNN)]
    right = [all_predictions(each).argmax(axis=1) == split.labels for each in pair]
    groups = {
        "Only cnn is right": ~right[0] & right[1],
        "Only dense is right": right[0] & ~right[1],
        "Both are right": right[0] & right[1],
        "Neither": ~right[0] & ~right[1],
    }
    for column, each in zip(st.columns(2, wrap=False), pair, strict=True):
        accuracy = each.card.metrics.get("test_accuracy")
        measured = "not measured" if accuracy is None else f"{accuracy:.2%}"
        column.metric(
            f"{each.name}, {each.card.parameters:,} parameters",
            measured.replace("%", " %"),
            "of the test images right",
            delta_color="off",
            delta_arrow="off",
        )
    name = st.segmented_control(
        "Test images",
        list(groups),
        default=next(iter(groups)),
        required=True,
        format_func=lambda each: f"{each}: {groups[each].sum():,}",
        key="comparison-group",
        label_visibility="collapsed",
        wrap=True,
    )
    numbers = np.flatnonzero(groups[str(name)])[:_SHOWN]
    if not len(numbers):
        st.caption("There is no such image.")
        return
    if st.session_state.get(_PICKED) not in numbers:
        st.session_state[_PICKED] = int(numbers[0])
    picked = int(st.session_state[_PICKED])
    names = DATASET.class_names
    gallery(
        split.images[numbers],
        [Thumbnail(int(n), f"Test image {n}: {names[split.labels[n]]}") for n in numbers],
        picked,
        lambda n: st.session_state.update({_PICKED: n}),
        key="comparison-gallery",
    )
    shift = int(
        st.slider("Move the image to the right, in pixels", -8, 8, 0, 1, key="comparison-by")
    )
    image = _moved(split.image(picked), shift)
    columns = st.columns([2, 5, 5], gap="small")
    with columns[0]:
        pixels(image, f"True: {names[split.labels[picked]]}", key="comparison-pixels")
    for column, each in zip(columns[1:], pair, strict=True):
        with column:
            _bars(each, image, int(split.labels[picked]))
    shares = [_accuracy(each.card.sha256[TWIN], shift, each.classifier) for each in pair]
    moved = f"moved by {shift} pixels" if shift else "not moved"
    st.markdown(
        f"Of the first {len(first_images()):,} test images, {moved.replace('-', '−')}: "
        + ", ".join(
            f"**{each.name} {percent(share)}**" for each, share in zip(pair, shares, strict=True)
        )
        + " right."
    )


def _bars(ready: ReadyModel, image: NDArray[np.uint8], label: int) -> None:
    shares = ready.classifier.predict_proba(image[None])[0]
    top = int(shares.argmax())
    verdict = "right" if top == label else "wrong"
    st.markdown(f"**{ready.name}**: {DATASET.class_names[top]}, {verdict}")
    rows = charts.probabilities_rows(shares, DATASET.class_names, label, by_probability=False)
    specification = charts.probabilities_spec(len(rows), ink(), _BAR)
    charts.show(specification, rows, f"{ready.name}. {charts.probabilities_alt(rows)}")


def _moved(image: NDArray[np.uint8], by: int) -> NDArray[np.uint8]:
    return PERTURBATIONS["right"].apply(image, by) if by else image


@st.cache_data(max_entries=64, show_spinner=False)
def _accuracy(twin: str, by: int, _classifier: Classifier) -> float:
    """Measure how often a model is right when images are moved."""
    images = np.stack([_moved(image, by) for image in first_images()])
    return float((_classifier.predict_proba(images).argmax(axis=1) == first_labels()).mean())


LESSON = Lesson(
    title="Dense against convolutional",
    summary="Two networks, the same images: who is right where?",
    picture=(
        '<g class="soft"><rect x="14" y="20" width="36" height="32" rx="3"/></g>'
        '<g class="fill"><rect x="70" y="8" width="36" height="44" rx="3"/></g>'
        '<path class="line" d="M8 52H112"/>'
    ),
    words=(
        "What does convolution change on Fashion-MNIST? Here both networks answer the same 10,000 "
        "test images. The dense one weighs each pixel at its own place; the convolutional one "
        "passes its filters over all places. Both accuracies are from the models' cards."
    ),
    failure=(
        "Move the image by 4 pixels, which no eye minds. Where a pixel weighed for a sleeve there "
        "is now black, and **dense** falls apart. (**cnn** was also trained on images shifted by "
        "up to 2 pixels; **dense** was not.)"
    ),
    question="cnn is right more often. Is there an image that only dense gets right?",
    answers=(
        Answer(
            "No: the better network is right wherever the other is",
            "An accuracy is a mean over all images, and says nothing about one of them. Look at "
            "*Only dense is right*.",
        ),
        Answer(
            "Yes, but fewer than those that only cnn gets right",
            "The difference of these two counts, divided by the number of test images, is the "
            "difference of the accuracies.",
            right=True,
        ),
        Answer(
            "Yes, as many as only cnn gets right",
            "Then both accuracies would be the same. Compare the two counts.",
        ),
    ),
    link=Link(
        "images.py",
        "What every model says of one image",
        {"image": "12", "model": "dense", "show": "Compare"},
    ),
    live=_live,
)
