"""One image as numbers, as they are and scaled; and the first images with their names."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import Dataset
from fmnist.ui.pixels import data_url, pixels, svg_url
from fmnist.ui.splits import LoadedSplit

_FIRST = 25
_NUMBER = "numbers"
_RAW, _SCALED = "0–255", "0–1"
# Of the numbers, in a drawing where a pixel is 1 wide.
_STYLE = (
    "text { font: 0.46px system-ui, sans-serif; letter-spacing: -0.03em; text-anchor: middle; "
    "fill: #d5d5d5; } .light { fill: #111; }"
)


@st.fragment
def image_as_numbers(dataset: Dataset, train: LoadedSplit) -> None:
    """Let a person choose a training image, and show each of its pixels as a number."""
    last = len(train.labels) - 1
    if st.session_state.get(_NUMBER, 0) > last:
        st.session_state[_NUMBER] = last  # of a larger data set
    picture, table = st.columns([4, 7], gap="large")
    with picture:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            number = st.number_input(
                "Training image",
                0,
                last,
                step=1,
                key=_NUMBER,
                bind="query-params",
                width=170,
            )
            form = st.segmented_control(
                "Numbers",
                [_RAW, _SCALED],
                default=_RAW,
                required=True,
                key="scaling",
                bind="query-params",
            )
        image, scaled = train.image(int(number)), form == _SCALED
        name = dataset.class_names[train.labels[number]]
        label = train.labels[number]
        said = f"{label}: {name}" if name != str(label) else name
        pixels(
            image,
            f"{said}. Point at a pixel to read it.",
            key="data-pixels",
            values=image / 255 if scaled else image.astype(float),
        )
        st.html(colour_bar(scaled))
        st.caption(
            "Divided by 255, all numbers lie between 0 and 1, with which training goes better. "
            "The image stays the same."
            if scaled
            else f"{image.size} numbers from 0, black, to 255, white. That is all a network gets."
        )
    with table:
        st.html(number_table(image, scaled))


def first_images(dataset: Dataset, train: LoadedSplit) -> None:
    """Show the first training images, five in a row, with their names."""
    numbers = np.arange(min(_FIRST, len(train.labels)))
    names = [dataset.class_names[label] for label in train.labels[numbers]]
    st.html(figures(train.images[numbers], names))


def figures(images: NDArray[np.uint8], names: list[str]) -> str:
    """Return HTML with images, uint8 ``(n, 28, 28)``, five in a row, each over its name."""
    each = (
        f'<figure><img src="{data_url(image)}" alt=""><figcaption>{name}</figcaption></figure>'
        for image, name in zip(images, names, strict=True)
    )
    return f'<div class="figures">{"".join(each)}</div>'


def number_table(image: NDArray[np.uint8], scaled: bool) -> str:
    """Return HTML with a picture, uint8 ``(28, 28)``, as numbers, each on its own gray.

    The numbers are one drawing: as many elements as pixels would take a browser a fifth of the
    time in which it shows the page.
    """
    height, width = image.shape
    numbers = (_number(int(value), place, scaled) for place, value in np.ndenumerate(image))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><style>{_STYLE}'
        f"</style>{''.join(numbers)}</svg>"
    )
    said = f"The {image.size} numbers of the image, each on the gray that it stands for"
    behind = f"background-image:url({data_url(image)})"
    return f'<img class="numbers" alt="{said}" src="{svg_url(svg)}" style="{behind}">'


def colour_bar(scaled: bool) -> str:
    """Return HTML with what each gray stands for."""
    ticks = ("0", "0.25", "0.5", "0.75", "1") if scaled else ("0", "64", "128", "191", "255")
    return (
        f'<div class="colour-bar"><i></i>{"".join(f"<span>{tick}</span>" for tick in ticks)}</div>'
    )


def _number(value: int, place: tuple[int, ...], scaled: bool) -> str:
    row, column = place
    light = ' class="light"' if value > 127 else ""
    written = _scaled(value) if scaled else value
    return f'<text{light} x="{column + 0.5}" y="{row + 0.66}">{written}</text>'


def _scaled(value: int) -> str:
    """Write a pixel of 0–255 as a share in little room: ``.50``."""
    written = f"{value / 255:.2f}"
    return written[0] if written in ("0.00", "1.00") else written[1:]
