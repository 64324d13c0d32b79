"""Cards: images with what is said of them, and a link to each in Images."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.settings import PAGES
from fmnist.ui.pixels import data_url

_SIDE = 84  # three for each pixel


def label_card(image: NDArray[np.uint8], half: str, number: int, given: str, doubt: str) -> None:
    """Show an image beside its label and the doubt about it.

    Args:
        image: uint8 ``(28, 28)``.
        half: "Training" or "Test", as Images calls its sources.
        number: of the image in its half.
        given: its label.
        doubt: what it may be instead.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _picture(image, half, number)
        with st.container(gap=None):
            st.markdown(f"**{given}**  \n{doubt}")
            _link(half, number, given, f"Image {number}")


def pair_card(
    images: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    numbers: tuple[int, int],
    labels: tuple[str, str],
    distance: float,
) -> None:
    """Show a training image beside a test image, over their labels and their distance.

    Args:
        images: uint8 ``(28, 28)`` both.
        numbers: of the images, each in its half.
        labels: theirs, which are the same or say something.
        distance: as in ``NearDuplicates``.
    """
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, gap="small"):
            halves = ("Training", "Test")
            for image, number, label, half in zip(images, numbers, labels, halves, strict=True):
                with st.container(width=_SIDE, gap=None):
                    _picture(image, half, number)
                    _link(half, number, label, str(number))
        st.caption(f"{' and '.join(dict.fromkeys(labels))}, distance {distance:.3f}")


def _picture(image: NDArray[np.uint8], half: str, number: int) -> None:
    st.image(data_url(image), width=_SIDE, alt=f"{half} image {number}")


def _link(half: str, number: int, label: str, words: str) -> None:
    # With its class, so that it is among the images that Images goes on to show.
    where = {"source": half, "image": str(number), "class": label}
    st.page_link(PAGES / "images.py", label=words, query_params=where)
