"""Which lessons a person has finished, kept in a cookie of their browser."""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

_COOKIE, _DONE = "fmnist-lessons", "lessons-done"
_component = st.components.v2.component(
    "fmnist_progress",
    html="<i hidden></i>",
    js=(Path(__file__).parent / "progress.js").read_text(),
)


def finished(names: Iterable[str]) -> list[str]:
    """Return those of the lessons that are done, in their order."""
    if _DONE not in st.session_state:
        st.session_state[_DONE] = set(st.context.cookies.get(_COOKIE, "").split("."))
    return [name for name in names if name in st.session_state[_DONE]]


def finish(name: str, names: Iterable[str]) -> None:
    """Note that a lesson is done."""
    finished(names)
    st.session_state[_DONE].add(name)


def keep(names: Iterable[str]) -> None:
    """Let the browser keep what is done beyond this visit."""
    done = finished(names)
    if done:
        _component(data={"name": _COOKIE, "value": ".".join(done)}, key="keep-progress")
