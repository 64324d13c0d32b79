"""What a model confuses: the matrix, and the images of a cell."""

from typing import Any

import numpy as np
import streamlit as st

from fmnist.evaluation.metrics import confusion_matrix
from fmnist.evaluation.selection import Selection
from fmnist.models import Card, ModelError
from fmnist.settings import PAGES
from fmnist.ui import charts
from fmnist.ui.cache import ready_model
from fmnist.ui.charts import ink
from fmnist.ui.confusion import confusion_rows, confusion_spec
from fmnist.ui.gallery import Thumbnail, gallery
from fmnist.ui.splits import LoadedSplit, all_predictions

_CELL = "cell"
_SHOWN = 40


def mistakes(name: str, card: Card, split: LoadedSplit) -> None:
    """Show how often each class is taken for each; a click on a cell shows its images."""
    if card.takes_photos:
        st.info(f"{name} looks at photos, so it has not answered the test images.")
        return
    try:
        model = ready_model(name)
    except (ModelError, ValueError) as error:
        st.error(f"{name} cannot be asked: {error}", icon=":material/error:")
        return
    names, probabilities = model.dataset.class_names, all_predictions(model)
    counts = confusion_matrix(split.labels, probabilities.argmax(axis=1), len(names))
    cell = st.session_state.get(_CELL)
    if cell is None or not set(cell) <= set(names):
        cell = _most_confused(counts, names)
    matrix, images = st.columns([6, 5], gap="large")
    with matrix:
        charts.show(
            confusion_spec(names, ink()),
            confusion_rows(counts, names),
            alt="Confusion matrix of the test images: rows are true, columns predicted classes",
            key=f"confusion-{name}",
            on_pick=_pick,
        )
    with images:
        true, predicted = (names.index(each) for each in cell)
        found = Selection(true, predicted=predicted).indices(split.labels, probabilities)
        st.markdown(f"**{cell[0]}, taken for {cell[1]}**: {len(found):,} of the test images")
        if not len(found):
            return
        gallery(
            split.images[found[:_SHOWN]],
            [Thumbnail(int(n), f"{n}: {cell[0]}, predicted {cell[1]}") for n in found[:_SHOWN]],
            None,
            lambda _: None,
            key="cell-images",
        )
        st.page_link(
            PAGES / "images.py",
            label="Open in Images" if len(found) <= _SHOWN else f"All {len(found):,} in Images",
            icon=":material/grid_view:",
            query_params={"model": name, "class": cell[0], "predicted": cell[1]},
        )


def _pick(cell: dict[str, Any]) -> None:
    st.session_state[_CELL] = cell["true"], cell["predicted"]


def _most_confused(counts: "np.ndarray[Any, Any]", names: tuple[str, ...]) -> tuple[str, str]:
    wrong = counts * (1 - np.eye(len(names), dtype=int))
    true, predicted = np.unravel_index(wrong.argmax(), wrong.shape)
    return names[true], names[predicted]
