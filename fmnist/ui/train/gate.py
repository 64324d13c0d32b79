"""Who may train: on one's own computer everybody, in public those who know the password."""

import hmac
import threading
import time

import streamlit as st

from fmnist.settings import is_public, train_password

_OPEN = "may-train"
# One wrong guess at a time, whoever makes it, and a second for each.
_GUESS = threading.Lock()
_SECOND = 1.0


def training_gate() -> None:
    """End the page, and say why, unless whoever is here may train."""
    password = train_password()
    if st.session_state.get(_OPEN) or (password is None and not is_public()):
        return
    if password is None:
        st.header("Training is off here", anchor=False)
        st.write(
            "This server is open to everybody, and one training takes all of it. On a computer of "
            "your own, `make run` opens the same app with it."
        )
        st.stop()
    st.header("Training needs a password", anchor=False)
    with st.form("training", border=False):
        given = st.text_input("Password", type="password", width=300)
        sent = st.form_submit_button("Open")
    if sent and not _is_right(given, password):
        st.error("That is not the password.", icon=":material/error:")
    elif sent:
        st.session_state[_OPEN] = True
        st.rerun()
    st.stop()


def _is_right(given: str, password: str) -> bool:
    if hmac.compare_digest(given.encode(), password.encode()):
        return True
    with _GUESS:
        time.sleep(_SECOND)
    return False
