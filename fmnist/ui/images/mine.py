"""The images that people have labelled themselves, and what the model predicts now."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from fmnist import settings
from fmnist.inference.ensemble import Prediction
from fmnist.inference.ood import correct
from fmnist.my_images import Collection, Item
from fmnist.training.tasks import TASKS
from fmnist.ui.cache import ReadyModel, input_predictions
from fmnist.ui.correction import correction_problem, label_choice, label_name, remove_button
from fmnist.ui.gallery import Thumbnail, gallery
from fmnist.ui.panel import prediction_panel
from fmnist.ui.visitor import my_collection, visitor

_PICKED = "my-image"


def mine_view(model: ReadyModel) -> None:
    """Show what was kept of drawings and photos, with a label of one's own."""
    collection = my_collection(model.dataset)
    items, problems = collection.read()
    for problem in problems:
        st.caption(f":material/broken_image: {problem}")
    if not items:
        st.header("Nothing kept yet", anchor=False)
        where = "on this server, for you alone" if visitor() else "on this computer"
        st.write(
            "Draw something or show a photo, and where the answer is wrong, say what it is. "
            f"Its 28×28 pixels are then kept here, {where}, to train with."
        )
        with st.container(horizontal=True):
            for name, icon in (("draw", ":material/draw:"), ("photo", ":material/photo_camera:")):
                st.page_link(settings.PAGES / f"{name}.py", label=name.capitalize(), icon=icon)
        return
    predictions = input_predictions(model, [item.inputs for item in items])
    panel, images = st.columns([7, 6], gap="large")
    with images:
        picked = _item_gallery(items, model, predictions)
        _collection_actions(collection, items)
    with panel:
        _item_view(collection, items[picked], model, predictions[picked])


def _item_gallery(
    items: Sequence[Item], model: ReadyModel, predictions: Sequence[Prediction]
) -> int:
    """Show all images, those marked that a model gets wrong, and return which one is picked."""
    images = np.stack([item.image for item in items])
    right = correct(
        [item.label for item in items],
        np.stack([prediction.probabilities for prediction in predictions]),
        np.array([prediction.ood_score for prediction in predictions]),
        model.card.ood_threshold,
    )
    st.caption(f"{model.name} gets {right.sum()} of {len(items)} right.")
    names = [item.path.name for item in items]
    picked = names.index(name) if (name := st.session_state.get(_PICKED)) in names else 0
    gallery(
        images,
        [
            Thumbnail(place, label_name(model.dataset, item.label), "" if right[place] else "wrong")
            for place, item in enumerate(items)
        ],
        picked,
        lambda place: st.session_state.update({_PICKED: names[place]}),
        key="my-images",
        strip=True,
    )
    return picked


def _item_view(
    collection: Collection, item: Item, model: ReadyModel, prediction: Prediction
) -> None:
    """Show what a model predicts for an image now, with the label, which can be changed."""
    prediction_panel(model, item.inputs, prediction, origin=("Your image", "images.py", None))
    st.caption(f"{item.kind.capitalize()}, kept {item.added:%d %b, %H:%M} as")
    with st.container(horizontal=True):
        label_choice(collection, item.inputs, item.kind, item)
        remove_button(collection, item)
    correction_problem()


def _collection_actions(collection: Collection, items: Sequence[Item]) -> None:
    """Let a person train with all images, take them along, or remove them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if TASKS["fine-tuning"].takes_dataset(collection.dataset.name):
            st.page_link(
                settings.PAGES / "train.py",
                label="Train with them",
                icon=":material/model_training:",
                query_params={"what": "My images"},
            )
        st.download_button(
            "Download",
            collection.as_zip,
            "my-images.zip",
            "application/zip",
            on_click="ignore",
            icon=":material/download:",
        )
        n = "1 image" if len(items) == 1 else f"{len(items)} images"
        # No dialog: that is a fragment, whose last words may come when the page is another one.
        with st.popover("Remove all", icon=":material/delete:"):
            st.write(f"{n} will be gone for good. Models keep what they have learnt.")
            remove_button(collection, *items, label=f"Remove {n}")
