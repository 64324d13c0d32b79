"""The lines of a garment in a 28×28 image: its outline, and the strongest edges within."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.training.synthetic.pen import Lines

_SIDE = 140


def outline(image: NDArray[np.uint8], random: np.random.Generator) -> Lines:
    """Trace a garment as a person would who draws it from memory: roughly, with some seams.

    Args:
        image: uint8 ``(28, 28)``, 0 background, 255 garment.
        random: decides how roughly and which seams.

    Returns:
        The outline first; nothing if there is hardly a garment.
    """
    large = np.asarray(cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC))
    smooth = np.asarray(cv2.GaussianBlur(large, (0, 0), 2.5), dtype=np.uint8)
    mask = (smooth > random.uniform(15, 45)).astype(np.uint8)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
    closed = np.asarray(cv2.morphologyEx(np.pad(mask, 8), cv2.MORPH_CLOSE, disc))
    mask = closed[8:-8, 8:-8].astype(np.uint8)
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    contours = sorted(found, key=cv2.contourArea)
    if not contours or cv2.contourArea(contours[-1]) < 0.05 * _SIDE**2:
        return []
    rough = cv2.approxPolyDP(contours[-1], random.uniform(0.5, 4), True)[:, 0] / _SIDE
    start = random.integers(len(rough))
    rough = np.roll(rough, -start, axis=0)
    lines = [np.concatenate([rough, rough[:1]]).astype(np.float64)]
    return lines + (_seams(smooth, mask, random) if random.random() < 0.6 else [])


def _seams(
    smooth: NDArray[np.uint8], mask: NDArray[np.uint8], random: np.random.Generator
) -> Lines:
    """Find up to four long edges well inside the garment."""
    edges = np.asarray(cv2.Canny(smooth, 40, 90))
    inside = cv2.distanceTransform(np.pad(mask, 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    edges = np.where(np.asarray(inside) > 10, edges, 0).astype(np.uint8)
    found, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    long = [line[: len(line) // 2 + 1, 0] / _SIDE for line in found if len(line) > 50]
    random.shuffle(long)
    return long[: random.integers(0, 4)]
