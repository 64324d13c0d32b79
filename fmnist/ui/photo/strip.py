"""The way from a photo to 28×28, step by step."""

from dataclasses import dataclass

import streamlit as st

from fmnist.preprocessing import WAYS, Found, Mending, Seen, mended_strip, seen_of
from fmnist.ui.photo.tray import Photo
from fmnist.ui.picture import data_url, thumbnail

# Twelve of them fit beside each other on a laptop.
_SIDE = 72
# What a hurried eye needs of the twelve, besides the last.
_LANDMARKS = ("Your photo", "Find the garment", "Straighten", "Find the ink")


@dataclass(frozen=True)
class Developed:
    """What has become of a photo.

    Attributes:
        found: what was found in it.
        seen: what the models see.
        steps: the title of each step, with a small picture of what it made as a data URL.
    """

    found: Found
    seen: Seen
    steps: tuple[tuple[str, str], ...]


def develop(photo: Photo, mending: Mending, way: str) -> Developed:
    """Bring a photo to 28×28 by a way of ``WAYS``, as a person says it is to be read."""
    return _developed(photo.sha256, mending, way, photo)


def photo_strip(steps: tuple[tuple[str, str], ...]) -> None:
    """Show every step as a small picture with its name; the ones that matter most stand out."""
    with st.container(horizontal=True, gap="xsmall", wrap=False):
        for title, picture in steps:
            caption = f"**{title}**" if title in _LANDMARKS else title
            if title == steps[-1][0]:
                caption = f"{title}: **28×28**"
            st.image(picture, caption=caption, width=_SIDE, alt=title)


# Streamlit would look at every point of every stroke by itself, which takes a while.
@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Mending: repr})
def _developed(sha256: str, mending: Mending, way: str, _photo: Photo) -> Developed:
    found, strip = mended_strip(_photo.picture, mending, WAYS[way])
    steps = [(title, data_url(thumbnail(picture, _SIDE))) for title, picture in strip]
    return Developed(found, seen_of(strip), tuple(steps))
