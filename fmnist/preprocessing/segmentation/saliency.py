"""Saliency: where in a photo the thing is that it was taken of, before any of it is known."""

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]  # (height, width)
Colours = NDArray[np.float32]  # (height, width, 3), Lab, each 0–255

_BINS = 12


def centre_prior(shape: tuple[int, int]) -> Plane:
    """Tell how likely each place holds the garment, 0–1: people put it in the middle."""
    y, x = _axis(shape[0])[:, None], _axis(shape[1])
    return np.exp(-(x**2 / 0.45 + y**2 / 0.6)).astype(np.float32)


def border_band(shape: tuple[int, int], share: float) -> NDArray[np.bool_]:
    """Mark the pixels closer to the border than this share of the longest side."""
    height, width = shape
    y, x = np.arange(height)[:, None], np.arange(width)
    distance = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y))
    return distance < max(1.0, share * max(height, width))


def colour_posterior(colours: Colours, garment: Plane, ground: Plane) -> Plane:
    """Tell how likely each pixel is garment by its colour alone.

    Two smoothed colour histograms are compared by Bayes' rule, with even odds.

    Args:
        colours: Lab, each channel 0–255.
        garment: weights of the pixels from which the garment's colours are learnt.
        ground: weights of those from which the ground's are learnt.

    Returns:
        float32 ``(height, width)``, 0 ground, 1 garment.
    """
    # The two colour channels of photos keep near their middle, so the bins are finer there.
    stretched = np.clip((colours - 128) * (1, 1.6, 1.6) + 128, 0, 254.9)
    place = (stretched * (_BINS / 255)).astype(np.intp) @ (_BINS * _BINS, _BINS, 1)
    in_garment, in_ground = (_histogram(place, weights) for weights in (garment, ground))
    likely, unlikely = in_garment[place] + 1e-5, in_ground[place] + 1e-5
    return (likely / (likely + unlikely)).astype(np.float32)


def barrier_distance(colours: Colours, seeds: NDArray[np.bool_]) -> Plane:
    """Measure the minimum barrier distance from every pixel to the seeds.

    It is the least change of colour (highest minus lowest, summed over channels) on any way to a
    seed, so a slow gradient of light costs little and the outline of a garment much. Two rounds
    of four raster sweeps, a whole row or column at a time, after Zhang et al., "Minimum Barrier
    Salient Object Detection at 80 FPS", ICCV 2015.

    Args:
        colours: ``(height, width, 3)``.
        seeds: where the distance is 0.

    Returns:
        float32 ``(height, width)``.
    """
    distance = np.where(seeds, 0, np.inf).astype(np.float32)
    highest, lowest = colours.copy(), colours.copy()
    planes = (distance, highest, lowest, colours)
    turned = tuple(plane.swapaxes(0, 1) for plane in planes)
    for _ in range(2):
        for view in (planes, turned):
            _sweep(*view)
            _sweep(*(plane[::-1] for plane in view))
    return np.where(np.isfinite(distance), distance, 0)


def _sweep(distance: Plane, highest: Colours, lowest: Colours, colours: Colours) -> None:
    """Pass from the first row to the last, in place, each row learning from the one before."""
    for row in range(1, len(distance)):
        high = np.maximum(highest[row - 1], colours[row])
        low = np.minimum(lowest[row - 1], colours[row])
        reached = np.where(np.isinf(distance[row - 1]), np.inf, (high - low).sum(axis=-1))
        nearer = reached < distance[row]
        distance[row][nearer] = reached[nearer]
        highest[row][nearer] = high[nearer]
        lowest[row][nearer] = low[nearer]


def _histogram(place: NDArray[np.intp], weights: Plane) -> NDArray[np.float64]:
    counts = np.bincount(place.ravel(), weights.ravel(), _BINS**3)
    cube = (counts / (counts.sum() + 1e-9)).reshape(_BINS, _BINS, _BINS)
    for axis in range(3):
        padded = np.pad(cube, [(1, 1) if a == axis else (0, 0) for a in range(3)], mode="edge")
        first, last = (np.take(padded, np.arange(_BINS) + k, axis=axis) for k in (0, 2))
        cube = 0.5 * cube + 0.25 * (first + last)
    return cube.ravel()


def _axis(length: int) -> NDArray[np.float64]:
    return (np.arange(length) + 0.5) / length * 2 - 1
