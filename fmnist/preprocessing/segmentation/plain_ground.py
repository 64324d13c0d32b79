"""Segmentation on a plain ground: whatever plainly differs from it belongs to the garment."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation.components import Mask, scaled

SEARCH_SIDE = 144
# Distances of colours in CIE Lab: what a plain ground varies by, what is faint at least, and what
# is plainly no ground, nor a soft shadow on it.
SAME, FAINT, DIFFERENT = 3.0, 1.2, 20.0
# Shares of the border: how much of it is ground at least, and how much neither one nor the other.
GROUND, UNCLEAR = 0.5, 0.1
# Share of the longest side: what is narrower is the blur of an edge, what lies farther apart is
# joined by nothing.
SPECK, APART = 0.02, 0.12
# Share of all that is no ground, above which somebody is wearing it, and it is not all one garment.
SKIN = 0.04

Flags = NDArray[np.bool_]


def add_other_parts(picture: Picture, mask: Picture) -> Picture:
    """Add to a garment on a plain ground the parts that it has in other colours.

    Sleeves of another colour or a skirt below a belt stand out from the ground as much as what was
    found; so what differs plainly and hangs together with it, be it by faint differences, is added.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.
        mask: uint8 ``(height, width)``, 0 ground, 255 garment, as found.

    Returns:
        uint8 ``(height, width)``; the mask itself if the ground is not plain.
    """
    height, width = picture.shape[:2]
    scale = min(1.0, SEARCH_SIDE / max(height, width))
    shape = max(1, round(height * scale)), max(1, round(width * scale))
    if min(shape) < 8 or not mask.any():
        return mask
    small = scaled(picture, shape)
    distance, noise = _distance_to_ground(small)
    if noise > SAME:
        return mask
    found = scaled(mask, shape) > 127
    plain = _opened(distance > DIFFERENT, SPECK * max(shape))
    if _skin(small)[plain | found].mean() > SKIN:
        return mask
    faint = (distance > max(FAINT, noise)) | found | plain
    parts = _parts(_opened(plain & ~found, SPECK * max(shape)), _joined(faint, found))
    if not parts.any():
        return mask
    garment = found | parts
    between = _closed(garment, APART * max(shape)) & faint
    whole = (garment | between).astype(np.uint8) * np.uint8(255)
    return np.maximum(mask, scaled(whole, (height, width), cv2.INTER_CUBIC))


def _joined(faint: Flags, found: Flags) -> Flags:
    """Keep what hangs together with what was found."""
    _, parts = cv2.connectedComponents(faint.astype(np.uint8), connectivity=8)
    return np.isin(parts, np.unique(np.asarray(parts)[found]))


def _parts(plain: Flags, joined: Flags) -> Flags:
    """Keep the joined parts that end within the photo's height, as what a person wears does not."""
    _, parts = cv2.connectedComponents(plain.astype(np.uint8), connectivity=8)
    cut = np.unique(np.asarray(parts)[[0, -1]])
    return plain & joined & ~np.isin(parts, cut)


def _skin(small: Picture) -> Flags:
    """Tell skin by its colour (Chai and Ngan, IEEE Transactions on Circuits and Systems, 1999)."""
    _, red, blue = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb))
    return (red >= 133) & (red <= 173) & (blue >= 77) & (blue <= 127)


def _distance_to_ground(small: Picture) -> tuple[NDArray[np.float32], float]:
    """Measure how far each pixel's colour is from the ground's, and how much that itself varies.

    A ground that is not plain varies without end.
    """
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    border = np.concatenate([lab[0], lab[-1], lab[1:-1, 0], lab[1:-1, -1]])
    ground = np.median(border, axis=0)
    away = np.linalg.norm(border - ground, axis=1)
    ours = away < SAME
    plain = ours.mean() >= GROUND and (~ours & (away < DIFFERENT)).mean() <= UNCLEAR
    distance = np.asarray(np.linalg.norm(lab - ground, axis=2), dtype=np.float32)
    return distance, float(np.percentile(away[ours], 95)) if plain else np.inf


def _opened(mask: Flags, width: float) -> Flags:
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, disc(width))) > 0


def _closed(mask: Flags, width: float) -> Flags:
    margin = round(width)
    padded = np.pad(mask.astype(np.uint8), margin)
    closed = np.asarray(cv2.morphologyEx(padded, cv2.MORPH_CLOSE, disc(width)))
    return closed[margin:-margin, margin:-margin] > 0


def disc(width: float) -> Mask:
    """Return a disc about so many pixels wide, to open, close, erode or dilate with."""
    size = 1 + 2 * round(width / 2)
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), dtype=np.uint8)
