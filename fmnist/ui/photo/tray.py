"""The photos at hand: a person's own, uploaded or taken, and the examples."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist import settings
from fmnist.limits import limits
from fmnist.preprocessing import FILE_TYPES, InputError, decode_photo, on_ground
from fmnist.preprocessing.segmentation import Outline
from fmnist.ui.gallery import Thumbnail, gallery
from fmnist.ui.pixels import thumbnail

# What an address calls a picture of ours.
EXAMPLE = "example"
# What one session may keep; a picture takes less than a megabyte once it is decoded.
_MOST = 24
# Of a photo's file: a phone's fits several times over.
_MOST_MEGABYTES = 40
_MORE = "more-photos"


@dataclass(frozen=True)
class Photo:
    """A decoded photo.

    Attributes:
        name: the file's name.
        sha256: of the file's bytes, in hexadecimal: what caches are keyed on.
        picture: uint8 ``(height, width, 3)``, RGB, or ``(height, width, 4)``, RGBA, upright.
        pipeline: of one of our own, the pipeline whose example it is.
        garment: the number of the one that is meant, where there are several.
        outline: that one's.
    """

    name: str
    sha256: str
    picture: NDArray[np.uint8]
    pipeline: str | None = None
    garment: int | None = None
    outline: Outline | None = None

    @property
    def key(self) -> str:
        """What tells this garment of this photo from all others."""
        return self.sha256 if self.garment is None else f"{self.sha256}#{self.garment}"

    @property
    def example(self) -> str:
        """What an address calls it, if it is one of our own; others are in no address."""
        return Path(self.name).stem if self.pipeline else ""


def photo_tray(pipeline: str) -> None:
    """Let a person who has picked none upload or take photos, or pick an example.

    Args:
        pipeline: whose examples, a key of ``PIPELINES``.
    """
    _arrivals()
    _problems()
    if _own():
        _choice("Your photos", _own(), "own-photos")
    _examples(pipeline)


def more_photos(pipeline: str) -> None:
    """Let a person who has picked one bring more; takes as ``photo_tray``."""
    with st.popover("Add", icon=":material/add:", key=_MORE, on_change="rerun") as more:
        if more.open:
            _arrivals()
            if _own():
                _examples(pipeline)


def photo_shelf(pipeline: str, names: Callable[[Photo], str]) -> None:
    """Let a person pick another of those at hand: their own, once there are some.

    Args:
        pipeline: as in ``photo_tray``.
        names: what the garments in a photo are.
    """
    _problems()
    if len(_own()) > 1:
        _choice("Your photos", _own(), "own-photos", names)
    elif not _own():
        _examples(pipeline)


def picked_photo(pipeline: str) -> Photo | None:
    """Return the photo that is picked, if any is, and is no example of another pipeline."""
    photo: Photo | None = _state()["picked"]
    if photo is None and (linked := st.query_params.get(EXAMPLE)):
        ours = (each for each in examples(pipeline) if each.example == linked)
        photo = _state()["picked"] = next(ours, None)
    return photo if photo and photo.pipeline in (None, pipeline) else None


@st.cache_resource(show_spinner=False)
def examples(pipeline: str) -> tuple[Photo, ...]:
    """Return the pictures that come with the app for a pipeline to 28×28."""
    paths = sorted(p for p in settings.EXAMPLES.glob(f"{pipeline}/*") if p.suffix[1:] in FILE_TYPES)
    return tuple(_photo(path.name, path.read_bytes(), pipeline) for path in paths)


def _arrivals() -> None:
    # Another key is another uploader: emptied, so that its bytes do not stay in memory.
    st.file_uploader(
        "Photos",
        FILE_TYPES,
        accept_multiple_files=True,
        max_upload_size=min(_MOST_MEGABYTES, limits().file),
        key=(upload := f"upload-{_state()['round']}"),
        on_change=_take,
        args=(upload,),
        label_visibility="collapsed",
    )
    if st.toggle("Use the camera", key="camera-on"):
        st.camera_input(
            "Take a photo",
            key="camera",
            on_change=_take,
            args=("camera",),
            label_visibility="collapsed",
        )


def _problems() -> None:
    for problem in _state()["problems"]:
        st.error(problem, icon=":material/broken_image:")


def _examples(pipeline: str) -> None:
    _choice("No photo at hand? Take one of ours", examples(pipeline), f"examples-{pipeline}")


def _own() -> list[Photo]:
    own: list[Photo] = _state()["own"]
    return own


def _choice(
    title: str,
    photos: Sequence[Photo],
    key: str,
    names: Callable[[Photo], str] = lambda _: "",
) -> None:
    def pick(index: int) -> None:
        _state()["picked"] = photos[index]
        st.session_state[_MORE] = False

    st.caption(title)
    gallery(
        np.stack([_thumbnail(photo.sha256, photo) for photo in photos]),
        [
            Thumbnail(index, ": ".join(filter(None, (photo.name, names(photo)))))
            for index, photo in enumerate(photos)
        ],
        next((i for i, photo in enumerate(photos) if photo is _state()["picked"]), None),
        pick,
        key,
    )


@st.cache_resource(max_entries=256, show_spinner=False)
def _thumbnail(sha256: str, _photo: Photo) -> NDArray[np.uint8]:
    return thumbnail(on_ground(_photo.picture), 96)


def _take(key: str) -> None:
    """Decode what has arrived; what cannot be read is told in a sentence, the rest is kept."""
    arrived: Any = st.session_state[key]
    files: list[IO[bytes]] = arrived if isinstance(arrived, list) else [arrived] if arrived else []
    state = _state()
    state["problems"] = []
    for file in files[:_MOST]:
        try:
            photo = _photo(file.name, file.read())
        except InputError as error:
            state["problems"].append(str(error))
            continue
        state["own"] = [photo, *(p for p in state["own"] if p.sha256 != photo.sha256)][:_MOST]
        state["picked"] = photo
        st.session_state[_MORE] = False  # what has arrived is to be seen
    if len(files) > _MOST:
        state["problems"].append(f"Only the first {_MOST} photos were taken, of {len(files)}.")
    if key.startswith("upload"):
        state["round"] += 1


def _photo(name: str, data: bytes, pipeline: str | None = None) -> Photo:
    return Photo(name, hashlib.sha256(data).hexdigest(), decode_photo(data, name), pipeline)


def _state() -> dict[str, Any]:
    """What a session keeps of its photos, also while another page is open."""
    return st.session_state.setdefault(
        "photos", {"own": [], "picked": None, "problems": [], "round": 0}
    )
