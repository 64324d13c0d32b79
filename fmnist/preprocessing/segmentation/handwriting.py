"""Segmentation of handwriting in a photo of paper, or of a board."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation import GARMENT, GROUND, Labels, Segmentation
from fmnist.preprocessing.segmentation.components import scaled
from fmnist.preprocessing.segmentation.saliency import Plane, centre_prior
from fmnist.preprocessing.transparency import on_ground

# Pixels of the longest side that are looked through, in some 40 ms.
SEARCH_SIDE = 384

# As shares of the longest side: a stroke is narrower than the one, and covers less than half of
# what lies around it as far as the other.
_BROADEST, _AROUND = 0.15, 0.4
# What is smaller than this share of the longest side could not be read.
_SMALLEST = 0.04
# Ink that darkens its paper by less than this, 0–1, is the paper's grain; by this much, it is
# plainly ink.
_FAINTEST, _PLAIN = 0.1, 0.4
# Strokes of one digit are closer to each other than this share of its height.
_GAP = 0.1


def segment_handwriting(
    picture: Picture, hints: Labels | None = None, where: Plane | None = None
) -> Segmentation:
    """Separate one digit, in ink or chalk, from its ground, however unevenly light falls on it.

    The ground is what a wide median filter leaves, or a morphological closing, whichever is nearer:
    neither has strokes, the one none of the paper within a loop, the other all of a shadow. Ink
    takes the same share of the light everywhere, so it is told from the ground by that share: by
    Otsu's threshold at first, then by half of what ink typically takes, which leaves the lines of
    ruled paper out. Of all that is written, the largest and most central is taken.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, or ``(height, width, 4)``, to be laid on ground.
        hints: uint8 ``(height, width)`` painted by a person: ``GROUND``, ``GARMENT`` for the digit,
            0 unknown.
        where: not needed: there is no photo model of digits.

    Returns:
        The digit; an empty mask when nothing stands out.
    """
    height, width = picture.shape[:2]
    scale = min(1.0, SEARCH_SIDE / max(height, width))
    shape = max(1, round(height * scale)), max(1, round(width * scale))
    small = scaled(on_ground(picture), shape)
    painted = np.zeros(shape, np.uint8)
    if hints is not None:
        painted = scaled(hints, shape, cv2.INTER_NEAREST)
    ink = np.where(painted == GROUND, 0, _ink(small))
    ink = _without_the_border(ink)
    strong = _strong(ink)
    nothing = Segmentation(np.zeros((height, width), np.uint8), 0.0, 0)
    if not strong.any():
        return nothing
    typical = float(np.median(ink[strong]))
    drawn = ink > np.where(painted == GARMENT, typical / 4, typical / 2)
    digit, left_out = _one_digit(drawn, ink * (centre_prior(shape) + 9 * (painted == GARMENT)))
    if max(digit.any(axis=0).sum(), digit.any(axis=1).sum()) < _SMALLEST * max(shape):
        return nothing
    # What surrounds a stroke holds its soft edge.
    near = np.asarray(cv2.dilate(digit, np.ones((3, 3), np.uint8)))
    soft = np.rint(255 * np.clip(ink / typical, 0, 1) * near).astype(np.uint8)
    mask = scaled(soft, (height, width), cv2.INTER_CUBIC)
    return Segmentation(mask, min(1.0, typical / _PLAIN), left_out)


def _ink(picture: Picture) -> Plane:
    """Tell what share of the light ink takes at each pixel or, on a board, its ground."""
    smooth = np.asarray(cv2.medianBlur(picture, 3), dtype=np.uint8)
    broad, around = (round(share * max(smooth.shape)) | 1 for share in (_BROADEST, _AROUND))
    common = np.asarray(cv2.medianBlur(smooth, around), dtype=np.uint8)
    closed, opened = (_within(smooth, broad, kind) for kind in (cv2.MORPH_CLOSE, cv2.MORPH_OPEN))
    paper, board = np.minimum(closed, common), np.maximum(opened, common)
    # Where there is next to no light, a share of it would be noise.
    darker, lighter = (
        np.clip((light.astype(np.float32) - dark) / np.maximum(light, 64), 0, 1)
        for light, dark in ((paper, smooth), (smooth, board))
    )
    centre = centre_prior((picture.shape[0], picture.shape[1]))[..., None]
    # Paper is light, and a board is dark.
    on_paper = (centre * (darker * common) ** 2).sum()
    on_board = (centre * (lighter * (255 - common)) ** 2).sum()
    return (darker if on_paper >= on_board else lighter).max(axis=-1)


def _within(picture: Picture, broad: int, kind: int) -> Picture:
    """Close or open by a square, as if the picture went on beyond its border."""
    square = np.ones((broad, broad), np.uint8)
    framed = cv2.copyMakeBorder(picture, broad, broad, broad, broad, cv2.BORDER_REPLICATE)
    done = np.asarray(cv2.morphologyEx(framed, kind, square), dtype=np.uint8)
    return done[broad:-broad, broad:-broad]


def _strong(ink: Plane) -> NDArray[np.bool_]:
    """Mark what Otsu's threshold calls ink among all that is no grain of the paper."""
    possible = ink > _FAINTEST
    if not possible.any():
        return possible
    levels = np.rint(255 * ink[possible]).astype(np.uint8)
    threshold, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return ink > max(_FAINTEST, threshold / 255)


def _without_the_border(ink: Plane) -> Plane:
    """Take away what reaches the border, like the edge of a table, if more than that is there."""
    strong = _strong(ink).astype(np.uint8)
    parts = np.asarray(cv2.connectedComponents(strong)[1])
    edge = np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]])
    outer = np.isin(parts, edge[edge > 0]).astype(np.uint8)
    inner = np.where(np.asarray(cv2.dilate(outer, np.ones((5, 5), np.uint8))), 0, ink)
    # Less than a short stroke is grain.
    return inner if _strong(inner).sum() > 2 * _SMALLEST * max(ink.shape) else ink


def _one_digit(drawn: NDArray[np.bool_], weights: NDArray) -> tuple[NDArray[np.uint8], int]:
    """Keep what hangs together with the weightiest stroke, and count the large rest."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn.astype(np.uint8))
    parts = np.asarray(labels)
    if count < 2:
        return drawn.astype(np.uint8), 0
    weight = np.bincount(parts.ravel(), weights.ravel(), count)
    weight[0] = 0
    first = int(weight.argmax())
    areas = stats[:, cv2.CC_STAT_AREA]
    gap = max(1, round(_GAP * max(stats[first, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]])))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * gap + 1, 2 * gap + 1))
    around = np.asarray(cv2.dilate((parts == first).astype(np.uint8), disc))
    keep = np.zeros(count, bool)
    keep[np.unique(parts[around == 1])] = True
    keep[0] = False
    others = (weight > 0.25 * weight[first]) & ~keep & (areas > 0.25 * areas[first])
    return keep[parts].astype(np.uint8), int(others.sum())
