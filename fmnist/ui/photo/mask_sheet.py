"""What a session has changed about its photos, and the canvas on which it does."""

from dataclasses import dataclass

import streamlit as st

from fmnist.preprocessing import UNMENDED, InputError, Mark, Mending
from fmnist.ui.photo.canvas_objects import Size, read_objects, write_objects
from fmnist.ui.photo.tray import Photo

_SHEET, _MENDINGS = "mask-sheet", "mendings"
# More photos than a session keeps.
_MOST = 64


@dataclass(frozen=True)
class Sheet:
    """A canvas, and what was on it when it was laid out.

    Attributes:
        number: another number is another canvas, which begins anew.
        sha256: of the photo.
        objects: Fabric's, as ``write_objects`` writes them.
    """

    number: int
    sha256: str
    objects: list[dict[str, object]]

    @property
    def key(self) -> str:
        """The name of the widget."""
        return f"mask-{self.number}"

    def read(self, size: Size, mending: Mending) -> tuple[Mark, ...]:
        """Read what is on the canvas by now; raises ``InputError`` as ``read_objects`` does."""
        sent = st.session_state.get(self.key)
        objects: object = None
        match sent.get("drawing") if isinstance(sent, dict) else sent:
            case None:  # nothing has been drawn yet
                objects = self.objects
            case {"raw": {"objects": there}}:
                objects = there
        return read_objects(objects, size, mending)


def mending_of(photo: Photo) -> Mending:
    """Return what this session has changed about a photo."""
    return _mendings().get(photo.sha256, UNMENDED)


def mend(photo: Photo, mending: Mending) -> None:
    """Remember a change that was not made on the canvas: it is laid out anew."""
    _remember(photo, mending)
    sheet: Sheet | None = st.session_state.get(_SHEET)
    if sheet:
        st.session_state.pop(sheet.key, None)


def lay_out(photo: Photo, size: Size) -> Sheet:
    """Return the canvas of a photo with all that was marked, and remember what is new on it."""
    mending = mending_of(photo)
    sheet: Sheet | None = st.session_state.get(_SHEET)
    # Without a state the canvas was not shown a moment ago: somebody comes back, or begins.
    if sheet and sheet.sha256 == photo.sha256 and sheet.key in st.session_state:
        try:
            _remember(photo, mending.mark(sheet.read(size, mending)))
            return sheet
        except InputError as error:
            st.error(str(error), icon=":material/error:")
    objects = write_objects(mending.marks, size, mending)
    sheet = Sheet(sheet.number + 1 if sheet else 1, photo.sha256, objects)
    st.session_state[_SHEET] = sheet
    return sheet


def _remember(photo: Photo, mending: Mending) -> None:
    mendings = _mendings()
    mendings.pop(photo.sha256, None)
    mendings[photo.sha256] = mending  # the last, so that the first is the oldest
    if len(mendings) > _MOST:
        del mendings[next(iter(mendings))]


def _mendings() -> dict[str, Mending]:
    return st.session_state.setdefault(_MENDINGS, {})
