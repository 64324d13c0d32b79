"""Segmentation of clothes: by the surest way that a photo allows."""

import numpy as np

from fmnist.preprocessing.blank import is_blank
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation import Labels, Segmentation
from fmnist.preprocessing.segmentation.garment import segment_garment


def segment_clothes(picture: Picture, hints: Labels | None = None) -> Segmentation:
    """Find the garment in a photo; nothing in a blank one that nobody has painted in.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.
        hints: uint8 ``(height, width)`` painted by a person, as ``segment_garment`` takes them.
    """
    if hints is None and is_blank(picture):
        return Segmentation(np.zeros(picture.shape[:2], dtype=np.uint8), 0.0, 0)
    return segment_garment(picture, hints)
