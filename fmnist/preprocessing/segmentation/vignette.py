"""Vignettes: light that falls off towards all four corners, so that the middle seems a thing."""

import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation.components import scaled
from fmnist.preprocessing.segmentation.saliency import Plane

SEARCH_SIDE = 144
RINGS = 32
# Spread of the light within a ring, as a share of it: more of it is no ground alone.
EVEN = 0.15
DIM = 40  # of 255; where less light is within, nothing can be told
# How many rings from the corners inward show ground alone, and how far the light falls off there.
FEWEST, DARKER = 6, 0.65
# As shares of the light within: how little is left of it where colours cannot be told any more, and
# how much brighter the middle may be, where nobody sees the ground.
DARK, BRIGHTER = 0.25, 1.5


def even_out(picture: Picture) -> Picture:
    """Brighten the corners of a photo that has a vignette, to find the garment in it.

    From the corners inward, as long as rings around the middle show ground alone, the light is
    measured; further in it goes on as it did there.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB.

    Returns:
        uint8 ``(height, width, 3)``; the picture itself if light does not fall off in all corners.
    """
    height, width = picture.shape[:2]
    scale = min(1.0, SEARCH_SIDE / max(height, width))
    shape = max(1, round(height * scale)), max(1, round(width * scale))
    light = _fall_off(scaled(picture, shape))
    if light is None:
        return picture
    here = np.interp(_radius((height, width)), (np.arange(RINGS) + 0.5) / RINGS, light)
    even = np.clip(picture / np.maximum(here, DARK)[..., None], 0, 255)
    ground = np.median(even[(here > DARK) & (here <= 1)], axis=0)
    return np.where(here[..., None] < DARK, ground, even).astype(np.uint8)


def _fall_off(small: Picture) -> NDArray[np.float64] | None:
    """Measure the light of each ring, as a share of what it is where the ground ends."""
    bright = small.max(axis=2).astype(np.float32)
    rings = np.minimum((_radius(bright.shape) * RINGS).astype(int), RINGS - 1)
    if len(np.unique(rings)) < RINGS:  # so small a picture has no such rings
        return None
    parts = [bright[rings == ring] for ring in range(RINGS)]
    low, light, high = np.array([np.percentile(part, (20, 50, 80)) for part in parts]).T
    # In itself a ring varies by what it differs from the next one outside.
    spread = high - low - np.abs(np.diff(light, append=2 * light[-1] - light[-2]))
    lighter_outside = np.maximum.accumulate(light[::-1])[::-1]
    ground = (spread < EVEN * light + 8) & (light >= 0.97 * lighter_outside)
    inmost = int(np.flatnonzero(~ground)[-1]) + 1 if not ground.all() else 0
    if RINGS - inmost < FEWEST or light[inmost] < DIM or not _in_all_corners(bright):
        return None
    if light[-1] > DARKER * light[inmost]:
        return None
    # In an even light the same, in a lens's as the square of the distance.
    step = min(inmost + 3, RINGS - 1)
    squares = ((np.arange(RINGS) + 0.5) / RINGS) ** 2
    slope = (light[inmost] - light[step]) / (squares[step] - squares[inmost])
    inner = light[inmost] + slope * (squares[inmost] - squares[:inmost])
    within = light[inmost]
    light[:inmost] = np.minimum(inner, BRIGHTER * within)
    return light / within


def _in_all_corners(bright: Plane) -> bool:
    """Tell whether no corner is much darker than another, as under a shadow."""
    tall, wide = (max(1, side // 8) for side in bright.shape)
    upper, lower = bright[:tall], bright[-tall:]
    parts = upper[:, :wide], upper[:, -wide:], lower[:, :wide], lower[:, -wide:]
    corners = [float(np.median(part)) for part in parts]
    return max(corners) < 1.35 * min(corners) + 12


def _radius(shape: tuple[int, ...]) -> Plane:
    """Measure the distance from the middle, 0–1 in the corners."""
    y, x = (np.linspace(-1, 1, side, dtype=np.float32) for side in shape[:2])
    return np.asarray(np.hypot(y[:, None], x) / np.float32(2**0.5), dtype=np.float32)
