"""Links from one page to another."""

import streamlit as st

_PAGE = "page-before"


def follow_link(page: str) -> None:
    """Let what a link to another page says replace what was chosen there before.

    A widget takes its value from the URL only where it has none yet.
    """
    if st.session_state.get(_PAGE, page) != page:
        for name in st.query_params.keys() & st.session_state.keys():
            del st.session_state[name]
    st.session_state[_PAGE] = page
