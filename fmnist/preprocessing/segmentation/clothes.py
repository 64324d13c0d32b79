"""Segmentation of clothes: by the surest way that a photo allows."""

import numpy as np

from fmnist.preprocessing.blank import is_blank
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation import GARMENT, GROUND, Labels, Segmentation
from fmnist.preprocessing.segmentation.garment import segment_garment
from fmnist.preprocessing.segmentation.saliency import Plane
from fmnist.preprocessing.segmentation.vignette import even_out


def segment_clothes(
    picture: Picture, hints: Labels | None = None, where: Plane | None = None
) -> Segmentation:
    """Find the garment in a photo; nothing in a blank one that nobody has painted in.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, or ``(height, width, 4)``, whose transparency
            says what the garment is.
        hints: uint8 ``(height, width)`` painted by a person, as ``segment_garment`` takes them.
        where: float32 ``(height, width)``, as ``segment_garment`` takes it.
    """
    if picture.shape[2] == 4:
        return _opaque(picture, hints)
    if hints is None and is_blank(picture):
        return Segmentation(np.zeros(picture.shape[:2], dtype=np.uint8), 0.0, 0)
    return segment_garment(even_out(picture), hints, where)


def _opaque(picture: Picture, hints: Labels | None) -> Segmentation:
    mask = picture[..., 3].copy()
    if hints is not None:
        mask[hints == GROUND], mask[hints == GARMENT] = 0, 255
    return Segmentation(mask, 1.0, 0)
