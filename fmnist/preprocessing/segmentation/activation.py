"""Segmentation of one garment among others: seeds from where the photo model looks.

A person in a photo wears more than what the photo is about, and saliency finds all of it. A class
activation map tells the parts that name the garment (Zhou et al., "Learning Deep Features for
Discriminative Localization", CVPR 2016), roughly; their colours and GrabCut make it exact.
"""

import cv2
import numpy as np

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation import Labels
from fmnist.preprocessing.segmentation.saliency import Colours, Plane, colour_posterior

# Above a worn garment is a face: it speaks for no garment, and has other colours. Of a coat that
# lies flat, the collar speaks; of a boot from the side, the shaft has the colours of the foot.
# Chosen on held-out photos of flat and of worn clothes, the latter right in 0.79, instead of 0.63.
_TOP, _SPEAKS, _ALIKE = 0.2, 0.12, 0.4

_GROUND, _PROBABLE, _SURE = 0.08, 0.45, 0.75


def shows_more(small: Picture, mask: Labels, where: Plane) -> bool:
    """Tell whether a mask holds more than the garment, by its uppermost fifth.

    Args:
        small: uint8 ``(height, width, 3)``, RGB.
        mask: uint8 ``(height, width)``, 1 on what was found.
        where: float32 ``(height, width)``, 0–1: how much each place speaks for the garment.
    """
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return False
    top = slice(rows[0], rows[0] + max(1, round(_TOP * (rows[-1] + 1 - rows[0]))))
    there = mask[top] == 1
    if where[top][there].mean() >= _SPEAKS:
        return False
    alike = _posterior(_colours(small), where * mask, np.float32(1e-4) + _silent(where) * mask)
    return float(alike[top][there].mean()) < _ALIKE


def seeds_of(small: Picture, where: Plane) -> Labels:
    """Return GrabCut's four labels, by place and by the colours that are found there.

    Args:
        small: uint8 ``(height, width, 3)``, RGB.
        where: float32 ``(height, width)``, 0–1.
    """
    alike = _posterior(_colours(small), where, np.float32(1e-3) + _silent(where))
    alike = np.asarray(cv2.GaussianBlur(alike, (0, 0), 1), dtype=np.float32)
    labels = np.where(0.7 * alike + 0.3 * where > _PROBABLE, cv2.GC_PR_FGD, cv2.GC_PR_BGD)
    labels[(where > _SURE) & (alike > 0.5)] = cv2.GC_FGD
    labels[where < _GROUND] = cv2.GC_BGD
    return labels.astype(np.uint8)


def _silent(where: Plane) -> Plane:
    return np.clip(1 - 2 * where, 0, 1)


def _posterior(colours: Colours, speaking: Plane, silent: Plane) -> Plane:
    return colour_posterior(colours, speaking**1.5, silent)


def _colours(small: Picture) -> Colours:
    smooth = cv2.bilateralFilter(small, 7, 30, 5)
    return np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), dtype=np.float32)
