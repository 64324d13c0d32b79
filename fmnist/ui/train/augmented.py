"""What an augmentation makes of one image, again and again."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.datasets import Dataset, DataUnavailableError
from fmnist.training.augmentation import AUGMENTATIONS, Augmentation
from fmnist.ui.splits import loaded_split

_TIMES, _GAP, _SCALE = 8, 2, 3  # the gap in pixels of the image, each of which is so large


def augmented(dataset: Dataset, augmentation: str) -> None:
    """Show one training image as some epochs would see it; nothing where there are none."""
    try:
        image = loaded_split(dataset, "train", fetch=False).image(0)
    except DataUnavailableError:
        return
    strip = side_by_side(AUGMENTATIONS[augmentation], image)
    what = f"One training image under {augmentation}, {_TIMES} times"
    st.image(strip, caption=what, width="stretch", alt=what)


def side_by_side(augmentation: Augmentation, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return an image augmented several times, in a row and enlarged: uint8."""
    copies = augmentation(np.repeat(image[None], _TIMES, axis=0), np.random.default_rng(0))
    framed = np.pad(copies, ((0, 0), (0, 0), (0, _GAP)), constant_values=255)
    row = np.concatenate(list(framed), axis=1)[:, :-_GAP]
    return row.repeat(_SCALE, axis=0).repeat(_SCALE, axis=1)
