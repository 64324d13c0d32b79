"""Why: where the model looked, what it has seen that is like it, and what would change its mind."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.explanation import METHODS, methods_for
from fmnist.inference.ensemble import Prediction
from fmnist.preprocessing import ModelInputs
from fmnist.ui.cache import ReadyModel
from fmnist.ui.glossary import write
from fmnist.ui.pixels import pixels
from fmnist.ui.why.changes import sliders, smallest_changes
from fmnist.ui.why.heat import heat
from fmnist.ui.why.neighbours import neighbours
from fmnist.ui.why.resources import explained, untrained

_ANY = "anything else"
_PHOTO = "Photo"


@st.fragment
def why(model: ReadyModel, inputs: ModelInputs, prediction: Prediction) -> None:
    """Explain an answer; a choice here reruns this part of the page alone."""
    names = model.dataset.class_names
    wanted, other = _question(names, prediction.label)
    # What helps people most stands first: examples did better than maps with lay people. The map
    # is made before them, for the first time they may take a while.
    examples = st.container()
    where, flips = st.columns(2, gap="medium")
    with where:
        _where(model, inputs, wanted, other)
    with examples:
        neighbours(model, inputs, wanted, other)
    with flips:
        smallest_changes(model, inputs.image)
    by_hand = st.expander("Change it yourself", key="why-change", on_change="rerun")
    if by_hand.open:
        with by_hand:
            sliders(model, inputs.image)


def _question(names: tuple[str, ...], predicted: int) -> tuple[int, int | None]:
    """Let a person choose a class, and another one that it might have been."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # Another answer is another question, so the choice does not outlive it.
        wanted = st.selectbox(
            "What speaks for", names, predicted, key=f"why-{names[predicted]}", width=200
        )
        others = (_ANY, *(name for name in names if name != wanted))
        other = st.selectbox("rather than", others, key=f"why-{wanted}-not", width=200)
    return names.index(wanted), None if other == _ANY else names.index(other)


def _where(model: ReadyModel, inputs: ModelInputs, wanted: int, other: int | None) -> None:
    """Show where in the picture something speaks for a class."""
    st.markdown("**Where it looked**")
    ready = explained(model)
    names = methods_for(ready.network)
    titles = {name: METHODS[name].title for name in names}
    photo_model = model.ensemble.photo_model
    if inputs.photo is not None and photo_model and photo_model.classifier.locates:
        titles = {_PHOTO: _PHOTO, **titles}
    name = st.segmented_control(
        "Method",
        list(titles),
        default=next(iter(titles)),
        required=True,
        format_func=titles.__getitem__,
        key="why-method-photo" if _PHOTO in titles else f"why-method-{'-'.join(names)}",
        label_visibility="collapsed",
    )
    if name == _PHOTO and inputs.photo is not None and photo_model:
        maps = photo_model.classifier.look(inputs.photo).activation
        told = _told(maps / maps[..., 0].size, wanted, other)
        summary = "How much each place of the photo adds to the photo model’s score."
        _map(inputs.photo, told, model, wanted, other, summary)
        return
    method = METHODS[name or names[0]]
    told = _told(method.maps(ready, inputs.image), wanted, other)
    _map(inputs.image, told, model, wanted, other, method.summary)
    trust = st.expander("How far to trust this map", key="why-trust", on_change="rerun")
    if trust.open:
        with trust:
            write(
                f"{method.limit} A map shows where, not what, and it looks as convincing when the "
                "answer is wrong. Below, the same network with its weights shuffled, so that it "
                "has learnt nothing: a map worth reading looks different."
            )
            blind = _told(method.maps(untrained(model), inputs.image), wanted, other)
            picture = heat(inputs.image, blind)
            st.image(picture, width=168, alt="The map of a network that has learnt nothing")


def _told(maps: NDArray[np.floating], wanted: int, other: int | None) -> NDArray[np.floating]:
    return maps[..., wanted] - (0 if other is None else maps[..., other])


def _map(
    picture: NDArray[np.uint8],
    told: NDArray[np.floating],
    model: ReadyModel,
    wanted: int,
    other: int | None,
    summary: str,
) -> None:
    names = model.dataset.class_names
    most = float(np.abs(told).max())
    against = f"for {names[other]}" if other is not None else "against"
    pixels(
        heat(picture, told),
        summary,
        key="why-map",
        values=told,
        scale=(f"{-most:.1f} {against}".replace("-", "−"), f"for {names[wanted]} +{most:.1f}"),
    )
