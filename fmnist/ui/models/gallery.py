"""Two models and the images on which they differ: a gallery, and one image at a time."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.evaluation.significance import Comparison, compare
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel
from fmnist.ui.charts import ink
from fmnist.ui.gallery import Thumbnail, gallery
from fmnist.ui.panel import answer
from fmnist.ui.pixels import pixels
from fmnist.ui.splits import LoadedSplit, all_predictions
from fmnist.ui.wording import in_a_sentence

Side = Literal["first", "second", "neither"]

_SIDES: tuple[Side, ...] = get_args(Side)
_ALL = "All"
_SIDE, _CLASS, _PAGE, _PICKED = "right-alone", "class-compared", "page-compared", "compared"
_PAGE_SIZE = 40


@dataclass(frozen=True)
class Match:
    """Two models of one data set on its test images.

    Attributes:
        models: the first and the second.
        split: the n images.
        predictions: what each predicts for them, float32 ``(n, num_classes)``.
        compared: who is right.
    """

    models: tuple[ReadyModel, ReadyModel]
    split: LoadedSplit
    predictions: tuple[NDArray[np.float32], NDArray[np.float32]]
    compared: Comparison

    @classmethod
    def of(cls, first: ReadyModel, second: ReadyModel, split: LoadedSplit) -> "Match":
        """Predict every image by both; the first time, under a progress bar."""
        predictions = all_predictions(first), all_predictions(second)
        return cls((first, second), split, predictions, compare(split.labels, *predictions))

    @property
    def names(self) -> tuple[str, str]:
        """What the models are called."""
        return self.models[0].name, self.models[1].name

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the classes are called, in label order."""
        return self.models[0].dataset.class_names


def pick_bar(bar: dict[str, Any]) -> None:
    """Show the images behind a bar of ``difference_spec``."""
    st.session_state.update({_SIDE: bar["side"], _CLASS: bar["class"]})


def comparison_gallery(match: Match) -> int | None:
    """Let a person choose images and one of them, whose index is returned; None without any."""
    indices = _indices(match)
    if not len(indices):
        st.info("No image fits this choice. Try another class.")
        return None
    num_pages = -(-len(indices) // _PAGE_SIZE)
    if st.session_state.get(_PAGE, 1) > num_pages:
        st.session_state[_PAGE] = 1
    slot = st.container()
    page = st.pagination(num_pages, key=_PAGE) if num_pages > 1 else 1
    start = (page - 1) * _PAGE_SIZE
    shown = indices[start : start + _PAGE_SIZE]
    picked = st.session_state.get(_PICKED)
    picked = picked if picked in shown else int(shown[0])
    with slot:
        st.caption(f"{start + 1:,}–{start + len(shown):,} of {len(indices):,} images")
        gallery(
            match.split.images[shown],
            [Thumbnail(int(index), _title(match, index)) for index in shown],
            picked,
            lambda index: st.session_state.update({_PICKED: index}),
            key="comparison-gallery",
        )
    return picked


def compared_image(match: Match, index: int) -> None:
    """Show an image and what both models predict, class beside class."""
    label, names = int(match.split.labels[index]), match.class_names
    image, *columns = st.columns([3, 4, 4], gap="large")
    with image:
        pixels(match.split.image(index), f"Test image {index}", key="compared-pixels")
    for column, name, predicted in zip(columns, match.names, match.predictions, strict=True):
        said = answer(predicted[index], names, "confident", label)
        with column:
            st.markdown(f"**{name}**  \n{said}")
            charts.show(
                charts.probabilities_spec(len(names), ink()),
                charts.probabilities_rows(predicted[index], names, label, by_probability=False),
                alt=f"Probabilities of {name}: {said}",
            )


def _indices(match: Match) -> NDArray[np.intp]:
    """Let a person choose by who is right and by class, and return the indices."""
    compared, names = match.compared, match.class_names
    first, second = match.names
    titles = {"first": f"Only {first}", "second": f"Only {second}", "neither": "Neither"}
    masks = {
        "first": compared.only_first,
        "second": compared.only_second,
        "neither": compared.neither,
    }
    if st.session_state.get(_CLASS, _ALL) not in (_ALL, *names):
        del st.session_state[_CLASS]  # of another data set
    with st.container(horizontal=True, vertical_alignment="bottom"):
        side = st.segmented_control(
            "Who is right",
            _SIDES,
            default="second",
            required=True,
            format_func=lambda side: titles[side],
            key=_SIDE,
        )
        name = st.selectbox("Class", (_ALL, *names), key=_CLASS, width=170)
    mask = masks[side or "second"]
    if name in names:
        mask = mask & (match.split.labels == names.index(name))
    return np.flatnonzero(mask)


def _title(match: Match, index: np.intp) -> str:
    names = [in_a_sentence(name) for name in match.class_names]
    true = names[match.split.labels[index]]
    said = (
        f"{name} says {names[predicted[index].argmax()]}"
        for name, predicted in zip(match.names, match.predictions, strict=True)
    )
    return f"{index}: {true}; {', '.join(said)}"
