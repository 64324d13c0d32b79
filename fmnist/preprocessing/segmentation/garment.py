"""Segmentation of a garment: seeds from saliency, made exact by GrabCut."""

import cv2
import numpy as np

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation import GARMENT, GROUND, Labels, Segmentation
from fmnist.preprocessing.segmentation.activation import seeds_of, shows_more
from fmnist.preprocessing.segmentation.components import fill_holes, keep_main_thing, scaled
from fmnist.preprocessing.segmentation.plain_ground import add_other_parts
from fmnist.preprocessing.segmentation.saliency import (
    Plane,
    barrier_distance,
    border_band,
    centre_prior,
    colour_posterior,
)

# GrabCut takes time in proportion to the pixels; this many on the longest side are enough for
# an image of 28, and take some 35 ms.
SEARCH_SIDE = 144


def segment_garment(
    picture: Picture, hints: Labels | None = None, where: Plane | None = None
) -> Segmentation:
    """Separate the garment from its ground.

    A first guess comes from the colours of the border against those of the middle, from the
    minimum barrier distance to the border and from the middle itself. GrabCut (Rother et al.,
    SIGGRAPH 2004) makes it exact. What is not connected to the garment is dropped, unless two
    things are so alike in size that they must be a pair. If that shows more than the garment, as of
    a person who wears it, seeds come from where the photo model looks instead.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.
        hints: uint8 ``(height, width)`` painted by a person: ``GROUND``, ``GARMENT``, 0 unknown.
        where: float32 ``(height, width)``, 0–1: how much each place speaks for the garment.

    Returns:
        The garment; the mask covers the whole photo, but for what was painted as ground, when
        nothing stands out. Its confidence is how much the ways of telling them apart agree.
    """
    height, width = picture.shape[:2]
    scale = min(1.0, SEARCH_SIDE / max(height, width))
    shape = max(1, round(height * scale)), max(1, round(width * scale))
    if hints is None:
        hints = np.zeros((height, width), dtype=np.uint8)
    ground = hints == GROUND
    everything = Segmentation(np.where(ground, 0, 255).astype(np.uint8), 0.0, 0)
    small, hints = scaled(picture, shape), scaled(hints, shape, cv2.INTER_NEAREST)
    possible = hints != GROUND
    if min(shape) < 8 or not possible.any():
        return everything
    score, posterior = _first_guess(small)
    centre = centre_prior(shape)
    labels = _seeds(score, posterior, centre)
    painted = 9 * np.asarray(hints == GARMENT, np.float32)
    mask, left_out = keep_main_thing(_grab_cut(small, labels, hints), centre + painted)
    where = None if where is None else scaled(where, shape)
    worn = where is not None and shows_more(small, mask, where)
    if where is not None and worn:
        labels = seeds_of(small, where)
        mask, left_out = keep_main_thing(_grab_cut(small, labels, hints), where + painted)
    guess = _painted(labels, hints) & 1
    if not 0.01 < mask[possible].mean() < 0.98:
        return everything
    mask = fill_holes(mask, posterior)
    mask = np.where(hints == 0, mask, hints == GARMENT).astype(np.uint8)
    confidence = float((mask & guess).sum() / max(1, (mask | guess).sum()))
    mask = scaled(mask * np.uint8(255), (height, width), cv2.INTER_CUBIC)
    if not worn:  # all else that somebody wears is of other colours, too
        mask = np.where(ground, 0, add_other_parts(picture, mask)).astype(np.uint8)
    return Segmentation(mask, confidence, left_out)


def _first_guess(small: Picture) -> tuple[Plane, Plane]:
    """Score every pixel from 0 ground to 1 garment, and by its colour alone."""
    smooth = cv2.bilateralFilter(small, 7, 30, 5)
    colours = np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), dtype=np.float32)
    height, width = colours.shape[:2]
    centre = centre_prior((height, width))
    band = border_band((height, width), 0.04).astype(np.float32)
    posterior = colour_posterior(colours, centre**1.5, band)
    # Once more, now that a garment that reaches the border can be told from the ground there.
    ground = band * (1.2 - posterior) + 0.2 * (1 - centre) * (1 - posterior)
    posterior = colour_posterior(colours, centre * posterior, ground)
    half_size = -(-height // 2), -(-width // 2)
    half = scaled(colours, half_size)
    edge = border_band(half_size, 0)
    seeds = edge & (scaled(posterior, half_size) < 0.7)
    if seeds.sum() < 0.15 * edge.sum():
        seeds = edge
    # Light and shadow change lightness most, so it counts for less than colour.
    weights = np.array((0.7, 1.3, 1.3), dtype=np.float32)
    barrier = scaled(barrier_distance(half * weights, seeds), (height, width))
    barrier = np.clip(barrier / (np.percentile(barrier, 95) + 1e-6), 0, 1)
    return 0.5 * posterior + 0.35 * barrier + 0.15 * centre, posterior


def _seeds(score: Plane, posterior: Plane, centre: Plane) -> Labels:
    """Turn the score into GrabCut's four labels: ground or garment, sure or probable."""
    band = border_band((score.shape[0], score.shape[1]), 0.04)
    threshold = 0.5 * (score[centre > 0.6].mean() + score[band].mean())
    labels = np.where(score > threshold, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    labels[band & (posterior < 0.5)] = cv2.GC_BGD
    labels[(score > np.percentile(score, 80)) & (centre > 0.5) & (posterior > 0.5)] = cv2.GC_FGD
    return labels


def _painted(labels: Labels, hints: Labels) -> Labels:
    """Return GrabCut's labels with what a person painted made sure."""
    labels = np.where(hints == GROUND, cv2.GC_BGD, labels)
    return np.where(hints == GARMENT, cv2.GC_FGD, labels).astype(np.uint8)


def _grab_cut(small: Picture, labels: Labels, hints: Labels) -> Labels:
    """Cut along the outline; returns 1 on the garment, 0 on its ground."""
    labels = _painted(labels, hints)
    if (labels & 1).any() and not (labels & 1).all():
        # GrabCut starts from random clusters; OpenCV keeps its random numbers a thread. One round
        # of it: more of them cut patterned sleeves away.
        cv2.setRNGSeed(0)
        ground, garment = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.grabCut(small, labels, (0, 0, 1, 1), ground, garment, 1, cv2.GC_INIT_WITH_MASK)
    return labels & np.uint8(1)
