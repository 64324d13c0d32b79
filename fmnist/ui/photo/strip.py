"""From a photo to 28×28, step by step, and what each model makes of it."""

from dataclasses import dataclass

import streamlit as st

from fmnist.inference.ensemble import Prediction
from fmnist.preprocessing import PIPELINES, Edits, ModelInputs, Segmentation, preprocess_photo
from fmnist.ui.cache import ReadyModel
from fmnist.ui.photo.tray import Photo
from fmnist.ui.pixels import data_url, thumbnail
from fmnist.ui.wording import percent

# Twelve steps fit beside each other on a laptop. Of a view 16 times 28 and 7 times 64 pixels; two
# pictures, each this wide, fit a phone.
_STEP_SIDE, _VIEW_SIDE, _VIEW_WIDTH = 72, 448, 168
_VIEWS = ("28×28 in gray", "64×64 in colour")


@dataclass(frozen=True)
class DevelopedPhoto:
    """What has become of a photo.

    Attributes:
        segmentation: what was found in it.
        model_inputs: what the models take.
        strip: the title of each step, with a small picture of what it made as a data URL.
    """

    segmentation: Segmentation
    model_inputs: ModelInputs
    strip: tuple[tuple[str, str], ...]


def develop(photo: Photo, edits: Edits, pipeline: str) -> DevelopedPhoto:
    """Bring a photo to 28×28 by a pipeline of ``PIPELINES``, as a person says it is to be read."""
    return _developed(photo.sha256, edits, pipeline, photo)


def photo_strip(strip: tuple[tuple[str, str], ...]) -> None:
    """Show every step as a small picture with its name; the ones that matter most stand out."""
    with st.container(horizontal=True, gap="xsmall", wrap=False):
        for place, (title, picture) in enumerate(strip):
            # What a hurried eye needs: the photo, what was found in it, and the end.
            caption = f"**{title}**" if place < 2 else title
            if place == len(strip) - 1:
                caption = f"{title}: **28×28**"
            st.image(picture, caption=caption, width=_STEP_SIDE, alt=title)


def model_views(model: ReadyModel, inputs: ModelInputs, prediction: Prediction) -> None:
    """Show what each model of an ensemble takes and predicts alone: what 28×28 throws away."""
    if not prediction.views:
        return
    st.caption("What 28×28 pixels throw away: the answer above weighs both views")
    forms = [form for form in (inputs.image, inputs.photo) if form is not None]
    with st.container(horizontal=True, gap="small"):
        for title, form, view in zip(_VIEWS, forms, prediction.views, strict=True):
            share = percent(view.probabilities[view.label])
            # On a phone the sign may not go to a line of its own.
            says = f"{model.dataset.class_names[view.label]}, {share}".replace(" %", "\u00a0%")
            st.image(
                data_url(thumbnail(form, _VIEW_SIDE)),
                caption=f"{title}: **{says}**",
                width=_VIEW_WIDTH,
                alt=f"{title}: {says}",
            )


# Streamlit would look at every point of every stroke by itself, which takes a while.
@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Edits: repr})
def _developed(sha256: str, edits: Edits, pipeline: str, _photo: Photo) -> DevelopedPhoto:
    made = preprocess_photo(_photo.picture, PIPELINES[pipeline], edits)
    strip = [(title, data_url(thumbnail(picture, _STEP_SIDE))) for title, picture in made.strip]
    return DevelopedPhoto(made.segmentation, made.model_inputs, tuple(strip))
