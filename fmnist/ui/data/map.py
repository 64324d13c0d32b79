"""The map: all images of a data set as points, alike ones near each other, and one's own too."""

from contextlib import suppress

import numpy as np
import streamlit as st

from fmnist.datasets import DataUnavailableError
from fmnist.exploration.embedding import MapName
from fmnist.exploration.regions import class_centres, densities, overlaps
from fmnist.ui.cache import ReadyModel
from fmnist.ui.data.image_map import image_map
from fmnist.ui.data.map_files import address, map_folder, write_sheets
from fmnist.ui.data.marks import marks
from fmnist.ui.data.nearness import nearness, nearness_in_a_sentence
from fmnist.ui.data.outlined import outlined
from fmnist.ui.data.picked import image_card, pick_image, picked_image
from fmnist.ui.glossary import write
from fmnist.ui.mapped_images import MappedImages, mapped_images
from fmnist.ui.missing_data import missing_data
from fmnist.ui.splits import all_predictions
from fmnist.ui.wording import percent

_MAPS: dict[str, MapName] = {"Features": "features", "Pixels": "pixels"}


def map_view(model: ReadyModel) -> None:
    """Show all images as points; what is drawn around is listed beside them."""
    try:
        images = mapped_images(model)
    except DataUnavailableError as error:
        missing_data(model.dataset, error, "train")
        return
    if images is None:
        st.info(
            f"No map of these images of {model.dataset.title} has been made yet. "
            f"`python -m fmnist embed {model.name}` makes one.",
            icon=":material/scatter_plot:",
        )
        return
    shown, ringed = _choices(model)
    class_names, picked = model.dataset.class_names, picked_image(images)
    predicted = all_predictions(model).argmax(axis=1).astype(np.uint8) if ringed else None
    density = densities(images.points(shown), images.labels, len(class_names))
    together = overlaps(density)
    plane, words = st.columns([8, 4], gap="medium")
    folder = map_folder(images.name, images.embedding, images.labels)
    with plane:
        region = image_map(
            address(folder),
            images.n_train,
            class_names,
            shown,
            {name: _centres(images, name, len(class_names)) for name in _MAPS.values()},
            f"Map of {len(images.labels):,} images, a point each, {_seen(images, shown)}. "
            + nearness_in_a_sentence(together, class_names),
            predicted,
            marks(images),
            picked,
            pick_image,
            key="map-points",
        )
    with words:
        if picked is not None:
            image_card(picked, images, model)
        if region:
            outlined(region, images, model, predicted, picked, pick_image)
        else:
            write(_caption(images, shown).replace(" %", "\N{NO-BREAK SPACE}%"), small=True)
            nearness(together, class_names)
    # The map is on the screen by now. Without room for them, it has no pictures.
    with suppress(OSError):
        write_sheets(folder, images.splits)


def _choices(model: ReadyModel) -> tuple[MapName, bool]:
    """Let a person choose the map, and whether the model's mistakes are ringed."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        name = st.segmented_control(
            "Alike in",
            list(_MAPS),
            default="Features",
            required=True,
            key="map",
            bind="query-params",
            label_visibility="collapsed",
        )
        ringed = st.toggle(
            f"Ring the wrong answers of {model.name}", key="wrong", bind="query-params"
        )
    return _MAPS[name], ringed


def _centres(images: MappedImages, shown: MapName, num_classes: int) -> np.ndarray:
    return class_centres(densities(images.points(shown), images.labels, num_classes))


def _seen(images: MappedImages, shown: MapName) -> str:
    return f"as {images.model} sees them" if shown == "features" else "by their pixels"


def _caption(images: MappedImages, shown: MapName) -> str:
    by_features, by_pixels = map(float, images.embedding.agreement)
    if shown == "features":
        return (
            f"Near each other is what {images.model} finds alike: UMAP of its features, that is "
            "of what it computes before its last layer. The axes, and how far apart groups lie, "
            "mean little. If each test image were called what most of the 15 nearest training "
            f"images on this map are, {percent(by_features)} would be right."
        )
    return (
        "Near each other is what has alike pixels: their first two principal components. If each "
        "test image were called what most of the 15 nearest training images on this map are, "
        f"{percent(by_pixels)} would be right; on the map of features, {percent(by_features)}."
    )
