"""Who is here, and what they keep."""

import streamlit as st

from fmnist import settings
from fmnist.datasets import Dataset
from fmnist.my_images import Collection, default_collection
from fmnist.visitors import COOKIE, new_visitor, visitor_of

_KEY = "visitor"


def visitor() -> str | None:
    """Return who is here; None where all that is kept is one person's."""
    if not settings.has_visitors():
        return None
    # Who keeps no cookies is somebody else at the next visit.
    if _KEY not in st.session_state:
        st.session_state[_KEY] = visitor_of(st.context.cookies.get(COOKIE, "")) or new_visitor()
    return str(st.session_state[_KEY])


def my_collection(dataset: Dataset) -> Collection:
    """Return the images of a data set that whoever is here has kept."""
    return default_collection(dataset, visitor())
