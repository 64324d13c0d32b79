"""Segmentation of a garment whose outline is roughly known: GrabCut snaps it to the edges."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from fmnist.preprocessing.bounds import around
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation import GARMENT, GROUND, Labels, Outline, Segmentation
from fmnist.preprocessing.segmentation.components import scaled
from fmnist.preprocessing.segmentation.plain_ground import disc

SEARCH_SIDE = 192
# Shares of the longer side of what is looked at: how far the edge may be from the outline.
_INNER, _OUTER = 0.03, 0.02
# Of what is looked at around it, to learn the ground's colours from.
_MARGIN = 0.15
# GrabCut that finds much less or more has followed another edge.
_LEAST, _MOST = 0.7, 1.25
# Two masks of one thing, by intersection over union. Where they are of two, the outline is right
# more often (in 10 of 11 among the 50 photos of ``benchmarks.outlines``), but not of a part of a
# garment, which touches so much of the photo's border, and not of a garment that is no more than so
# much of what stands out, for there the photo shows more than that. Nor is it of what stands out so
# clearly, if it is smaller: it leaves out the shaft of a boot. One that is larger has the sleeves.
_ALIKE, _CUT_OFF, _LITTLE, _CLEAR = 0.8, 0.4, 0.5, 0.96


def segment_outlined(picture: Picture, mask: Picture, hints: Labels | None = None) -> Segmentation:
    """Find a garment along its outline, and as a person has painted.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.
        mask: uint8 ``(height, width)``, 255 within the outline.
        hints: as ``segment_garment`` takes them.

    Returns:
        The garment, and how far the outline and what was found agree.
    """
    shape = mask.shape[0], mask.shape[1]
    there = mask > 0 if hints is None else (mask > 0) | (hints == GARMENT)
    if not there.any():
        return Segmentation(mask, 0.0, 0)
    part = around(there, _MARGIN)
    found, agreement = _snapped(picture[part], mask[part], None if hints is None else hints[part])
    whole = np.zeros(shape, np.uint8)
    whole[part] = found
    return Segmentation(whole, agreement, 0)


def reconciled(picture: Picture, found: Segmentation, outlines: Sequence[Outline]) -> Segmentation:
    """Choose between what stands out in a photo and the outline of the one garment in it.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.
        found: what stands out.
        outlines: of the garments that the photo shows.

    Returns:
        What stands out, whose edges are finer, unless the outline is of something else.
    """
    if len(outlines) != 1:
        return found
    mask = outlines[0].mask(picture.shape)
    there, standing_out = mask > 0, found.mask > 127
    both = np.count_nonzero(there & standing_out)
    border = np.concatenate([there[0], there[-1], there[:, 0], there[:, -1]])
    if (
        both >= _ALIKE * np.count_nonzero(there | standing_out)
        or both <= _LITTLE * np.count_nonzero(standing_out)
        or border.mean() >= _CUT_OFF
        or (found.confidence >= _CLEAR and np.count_nonzero(there) < np.count_nonzero(standing_out))
    ):
        return found
    outlined = segment_outlined(picture, mask)
    return replace(outlined, confidence=min(found.confidence, outlined.confidence))


def _snapped(picture: Picture, mask: Picture, hints: Labels | None) -> tuple[Picture, float]:
    height, width = mask.shape
    scale = min(1.0, SEARCH_SIDE / max(height, width))
    shape = max(1, round(height * scale)), max(1, round(width * scale))
    small, within = scaled(picture, shape), (scaled(mask, shape) > 127).astype(np.uint8)
    sure = cv2.erode(within, disc(_INNER * max(shape)))
    near = cv2.dilate(within, disc(_OUTER * max(shape)))
    labels = np.full(shape, cv2.GC_BGD, np.uint8)
    labels[np.asarray(near) > 0] = cv2.GC_PR_BGD
    labels[within > 0] = cv2.GC_PR_FGD
    labels[np.asarray(sure) > 0] = cv2.GC_FGD
    if hints is not None:
        painted = scaled(hints, shape, cv2.INTER_NEAREST)
        labels[painted == GROUND], labels[painted == GARMENT] = cv2.GC_BGD, cv2.GC_FGD
    found = labels.copy()
    if (found & 1).any() and not (found & 1).all():
        cv2.setRNGSeed(0)  # GrabCut starts from random clusters
        ground, garment = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.grabCut(small, found, (0, 0, 1, 1), ground, garment, 1, cv2.GC_INIT_WITH_MASK)
    garment_now, before = found & 1, labels & 1
    if not _LEAST * before.sum() <= garment_now.sum() <= _MOST * before.sum():
        garment_now = before
    agreement = (garment_now & before).sum() / max(1, (garment_now | before).sum())
    whole = np.asarray(garment_now * np.uint8(255), np.uint8)
    return scaled(whole, (height, width), cv2.INTER_CUBIC), float(agreement)
