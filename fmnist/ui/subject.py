"""The image that a person looked at last, which other pages go on with."""

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

# What a test image is called.
TEST_IMAGE = "Test image"

_KEY = "subject"


class Subject(NamedTuple):
    """An image, and where it came from.

    Attributes:
        image: uint8 ``(28, 28)``.
        name: what it is called, “Your drawing” say.
        page: the file of the page on which it was.
        number: of a test image.
    """

    image: NDArray[np.uint8]
    name: str
    page: str
    number: int | None = None


def remember(subject: Subject) -> None:
    """Keep what a person looks at for this visit."""
    st.session_state[_KEY] = subject


def remembered() -> Subject | None:
    """Return what a person looked at last; None in a new visit."""
    return st.session_state.get(_KEY)
