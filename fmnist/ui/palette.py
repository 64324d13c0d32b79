"""The colours of charts, which must read on light and dark paper alike.

The interface's own colours are in ``.streamlit/config.toml``.
"""

import streamlit as st

ACCENT = "#5b82c4"
WRONG = "#cc6153"
MUTED = "#9aa0a8"
# Of writing, on light and on dark paper.
INK, INK_ON_DARK = "#24272d", "#e8e5df"


def ink() -> str:
    """Return the colour of writing inside a chart: Vega-Lite's own text does not know the theme."""
    return INK_ON_DARK if st.context.theme.type == "dark" else INK
