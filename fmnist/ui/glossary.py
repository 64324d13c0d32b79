"""The glossary: as a list, and wherever one of its words stands."""

import html
import re
from collections.abc import Mapping

import streamlit as st

from fmnist.lessons.glossary import GLOSSARY

# The longest first: "validation set" before "set". In the plural, too.
_WORDS = re.compile(
    r"\b(" + "|".join(map(re.escape, sorted(GLOSSARY, key=len, reverse=True))) + r")s?\b",
    re.IGNORECASE,
)
_MEANINGS = {word.lower(): meaning for word, meaning in GLOSSARY.items()}
# Code, and names of models.
_NAMES = re.compile(r"(`[^`]*`|\*\*[^*]*\*\*)")


def explained(text: str) -> str:
    """Give each word of the glossary its meaning, the first time it stands in Markdown."""
    said: set[str] = set()

    def explain(found: re.Match[str]) -> str:
        word = found[1].lower()
        if word in said:
            return found[0]
        said.add(word)
        return f'<abbr title="{html.escape(_MEANINGS[word])}">{found[0]}</abbr>'

    parts = _NAMES.split(text)
    parts[::2] = [_WORDS.sub(explain, part) for part in parts[::2]]
    return "".join(parts)


def write(text: str, *, small: bool = False) -> None:
    """Write Markdown of our own, as a caption where it is small, with its words explained."""
    (st.caption if small else st.markdown)(explained(text), unsafe_allow_html=True)


def definitions(told: Mapping[str, str], name: str) -> None:
    """Show what is told of several things, plain text, with its words explained.

    Args:
        told: by what it is about.
        name: the class of the list, for its style.
    """
    rows = "".join(
        f"<div><dt>{explained(html.escape(what))}</dt>"
        f"<dd>{explained(html.escape(words))}</dd></div>"
        for what, words in told.items()
    )
    st.html(f'<dl class="{name}">{rows}</dl>')


def glossary() -> None:
    """Show all words."""
    rows = "".join(
        f"<div><dt>{html.escape(word)}</dt><dd>{html.escape(meaning)}</dd></div>"
        for word, meaning in sorted(GLOSSARY.items(), key=lambda item: item[0].lower())
    )
    st.html(f'<dl class="glossary">{rows}</dl>')
