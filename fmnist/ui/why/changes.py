"""What would change an answer: the smallest change of each kind, and sliders to try."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation.perturbation import PERTURBATIONS, Flip, perturb, smallest_flips
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel, store_version
from fmnist.ui.charts import ink
from fmnist.ui.pixels import data_url, pixels, thumbnail

_SIDE = 84  # three for each pixel
_BAR = 17


def smallest_changes(model: ReadyModel, image: NDArray[np.uint8]) -> None:
    """Show what flips the answer of the model alone."""
    names = model.dataset.class_names
    st.markdown("**What would change it**")
    flips = _flips(model.name, store_version(), image.tobytes(), model, image)
    if flips:
        st.caption(f"The smallest changes with which {model.name} gives another answer")
        with st.container(horizontal=True, gap="small"):
            for flip in flips:
                words = (
                    f"{PERTURBATIONS[flip.name].written(flip.strength)}: **{names[flip.label]}**"
                )
                picture = data_url(thumbnail(flip.image, _SIDE))
                st.image(picture, caption=words, width=_SIDE, alt=words.replace("*", ""))
    else:
        st.caption(f"Nothing tried changed the answer of {model.name}.")


def sliders(model: ReadyModel, image: NDArray[np.uint8]) -> None:
    """Let a person change the image, and see the bars move."""
    strengths: dict[str, float] = {}
    columns = st.columns(2, gap="medium")
    for place, (name, each) in enumerate(PERTURBATIONS.items()):
        with columns[place % 2]:
            strengths[name] = st.slider(
                f"{each.title}, {each.unit}",
                float(each.low),
                float(each.high),
                float(each.none),
                float(each.step),
                key=f"change-{name}",
            )
    changed = perturb(image, strengths)
    probabilities = model.classifier.predict_proba(changed[None])[0]
    names = model.dataset.class_names
    look, bars = st.columns([4, 6], gap="medium")
    with look:
        pixels(changed, "The image, changed", key="changed")
    with bars:
        rows = charts.probabilities_rows(probabilities, names, by_probability=False)
        specification = charts.probabilities_spec(len(names), ink(), _BAR)
        charts.show(specification, rows, charts.probabilities_alt(rows))


@st.cache_resource(max_entries=64, show_spinner=False)
def _flips(
    name: str, version: object, image: bytes, _model: ReadyModel, _image: NDArray[np.uint8]
) -> list[Flip]:
    return smallest_flips(_model.classifier, _image)
