"""What lies inside a line that was drawn on the map, and the way to it in Images."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import SplitName
from fmnist.exploration.regions import Region
from fmnist.ui.cache import ReadyModel
from fmnist.ui.data.picked import link_to_images
from fmnist.ui.gallery import Thumbnail, gallery
from fmnist.ui.mapped_images import INSIDE, MappedImages
from fmnist.ui.wording import in_a_sentence

_PAGE_SIZE = 48
_PAGE, _OUTLINED = "page-on-map", "outlined-before"


def outlined(
    region: Region,
    images: MappedImages,
    model: ReadyModel,
    predicted: NDArray[np.uint8] | None,
    picked: int | None,
    on_pick: Callable[[int], None],
) -> None:
    """Count the images by class and show them, those of the rarest class first."""
    class_names = model.dataset.class_names
    (found,) = np.nonzero(region.mask(images.points(region.map), images.labels))
    if not len(found):
        st.info("There is no image inside the line.")
        return
    labels = images.labels[found]
    counts = np.bincount(labels, minlength=len(class_names))
    by_class = [label for label in np.argsort(-counts, kind="stable") if counts[label]]
    words = ", ".join(f"{counts[n]:,} {in_a_sentence(class_names[n])}" for n in by_class)
    st.markdown(f"**{len(found):,} images inside the line**: {words}.")
    wrong, tested = np.zeros(len(found), bool), found >= images.n_train
    half: SplitName = "test" if tested.any() else "train"
    link_to_images("Open them in Images", model, half, {INSIDE: region.as_text()})
    if predicted is not None:
        wrong[tested] = predicted[found[tested] - images.n_train] != labels[tested]
        st.markdown(f":red[●] {wrong.sum():,} of {tested.sum():,} test images are answered wrong.")
    order = np.lexsort((found, counts[labels], ~wrong))
    _gallery(found[order], wrong[order], images, class_names, picked, on_pick)


def _gallery(
    found: NDArray[np.intp],
    wrong: NDArray[np.bool_],
    images: MappedImages,
    class_names: Sequence[str],
    picked: int | None,
    on_pick: Callable[[int], None],
) -> None:
    num_pages = -(-len(found) // _PAGE_SIZE)
    signature = len(found), int(found[0]), int(found[-1])
    if st.session_state.get(_OUTLINED) != signature:
        st.session_state[_OUTLINED] = signature
        st.session_state.pop(_PAGE, None)
    slot = st.container()
    page = st.pagination(num_pages, key=_PAGE) if num_pages > 1 else 1
    shown = slice((page - 1) * _PAGE_SIZE, page * _PAGE_SIZE)
    with slot:
        st.caption(
            "Wrong ones come first." if wrong.any() else "Those of the rarest class come first."
        )
        gallery(
            np.stack([images.image(int(n)) for n in found[shown]]),
            [
                Thumbnail(
                    int(n),
                    f"{images.title(int(n))}: {class_names[images.labels[n]]}",
                    "wrong" if is_wrong else "",
                )
                for n, is_wrong in zip(found[shown], wrong[shown], strict=True)
            ],
            picked,
            on_pick,
            key="outlined-gallery",
        )
