"""The map in words: which classes lie together on it."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.ui.wording import percent

# Of less than this share nobody would say that two classes lie together.
_LEAST, _MOST = 0.01, 3


def nearness(together: NDArray[np.floating], class_names: Sequence[str]) -> None:
    """Show for each class which others lie where it does.

    Args:
        together: as of ``overlaps``, ``(num_classes, num_classes)``.
        class_names: in label order.
    """
    st.markdown(
        "**Which classes lie together**",
        help="In how much of each class another one is as frequent, on a grid over the map.",
    )
    lines, apart = [], []
    for label, name in enumerate(class_names):
        others = _with(together[label])
        words = (
            f"{_unbroken(class_names[n])}\N{NO-BREAK SPACE}{_unbroken(percent(together[label, n]))}"
            for n in others
        )
        if others:
            lines.append(f"- **{_unbroken(name)}** with {', '.join(words)}")
        else:
            apart.append(name)
    if apart:
        lines.append(f"- Apart: {', '.join(apart)}")
    st.markdown("\n".join(lines))
    st.caption(
        "Point at a dot to see its image, click it for what the model says. Lasso, or a drag with "
        "Shift, lists what you draw around; Escape clears it. Arrow keys, + and − move the map."
    )


def nearness_in_a_sentence(together: NDArray[np.floating], class_names: Sequence[str]) -> str:
    """Say the same in short."""
    groups = [
        f"{name} lies with {', '.join(class_names[n] for n in others)}"
        for label, name in enumerate(class_names)
        if len(others := _with(together[label]))
    ]
    apart = [name for label, name in enumerate(class_names) if not len(_with(together[label]))]
    sentences = ["; ".join(groups)] if groups else []
    if apart:
        sentences.append(f"Apart: {', '.join(apart)}")
    return ". ".join(sentences) + "."


def _unbroken(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")


def _with(shares: NDArray[np.floating]) -> list[int]:
    """Return the classes that lie with one most of all, at most three."""
    return [int(n) for n in np.argsort(-shares)[:_MOST] if shares[n] >= _LEAST]
