"""From a photo to 28×28, step by step, and what each model makes of it."""

from dataclasses import dataclass

import streamlit as st

from fmnist.inference.ensemble import Ensemble, Prediction
from fmnist.inference.garments import Garment, read_garments
from fmnist.preprocessing import (
    PHOTO_SIDE,
    Edits,
    ModelInputs,
    Pipeline,
    Segmentation,
    on_ground,
    preprocess_photo,
)
from fmnist.ui.cache import ReadyModel, Version, store_version
from fmnist.ui.charts import ink, probabilities_alt, probabilities_rows, probabilities_spec, show
from fmnist.ui.photo.outline import outlined
from fmnist.ui.photo.tray import Photo
from fmnist.ui.pixels import data_url, thumbnail

# Thirteen steps fit beside each other on a laptop; a view and its bars fit a phone.
_STEP_SIDE, _VIEW_SIDE, _VIEW_WIDTH = 66, 192, 112
_VIEWS = ("28×28 in gray", f"{PHOTO_SIDE}×{PHOTO_SIDE} in colour")
_BAR = 17  # pixels from bar to bar: less to read than the answer above


@dataclass(frozen=True)
class DevelopedPhoto:
    """What has become of a photo, or of one garment in it.

    Attributes:
        segmentation: what was found in it.
        model_inputs: what the models take.
        outlined: the photo as it is seen with a line around what was found, a JPEG.
        strip: the title of each step, with a small picture of what it made as a data URL.
        note: a sentence to show, see ``PreprocessedPhoto``.
    """

    segmentation: Segmentation
    model_inputs: ModelInputs
    outlined: bytes
    strip: tuple[tuple[str, str], ...]
    note: str


def develop(photo: Photo, edits: Edits, model: ReadyModel) -> DevelopedPhoto:
    """Bring a photo to the forms that a model takes, as a person says it is to be read."""
    name, pipeline = model.dataset.pipeline, model.ensemble.pipeline
    return _developed(photo.key, edits, name, store_version(), photo, pipeline)


def garments_of(photo: Photo, model: ReadyModel) -> list[Garment]:
    """Return every garment in a photo, as it arrived."""
    return _garments(photo.sha256, model.name, store_version(), photo, model.ensemble)


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
    st.caption("Two models looked, one at 28×28 pixels and one in colour")
    names = model.dataset.class_names
    forms = [form for form in (inputs.image, inputs.photo) if form is not None]
    views = zip(st.columns(2, gap="medium"), _VIEWS, forms, prediction.views, strict=True)
    for column, title, form, view in views:
        named = view.verdict(model.card.ood_threshold) != "unfamiliar"
        rows = probabilities_rows(view.probabilities, names, named=named)
        with column.container(horizontal=True, gap="small", vertical_alignment="center"):
            picture = data_url(thumbnail(form, _VIEW_SIDE))
            st.image(picture, caption=f"**{title}**", width=_VIEW_WIDTH, alt=title)
            show(
                probabilities_spec(len(names), ink(), _BAR),
                rows,
                f"{title}. {probabilities_alt(rows)}",
            )


# Streamlit would look at every point of every stroke by itself, which takes a while.
@st.cache_resource(max_entries=64, show_spinner="Looking…", hash_funcs={Edits: repr})
def _developed(
    key: str, edits: Edits, name: str, version: Version, _photo: Photo, _pipeline: Pipeline
) -> DevelopedPhoto:
    made = preprocess_photo(_photo.picture, _pipeline, edits, _photo.outline)
    strip = [(title, data_url(thumbnail(picture, _STEP_SIDE))) for title, picture in made.strip]
    found, seen = made.segmentation, edits.turn(on_ground(_photo.picture))
    picture = outlined(seen, found.mask)
    return DevelopedPhoto(found, made.model_inputs, picture, tuple(strip), made.note)


@st.cache_resource(max_entries=64, show_spinner="Looking…")
def _garments(
    sha256: str, name: str, version: Version, _photo: Photo, _ensemble: Ensemble
) -> list[Garment]:
    return read_garments(_ensemble, _photo.picture)
