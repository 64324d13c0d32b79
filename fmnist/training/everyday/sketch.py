"""From lines to what the drawing page makes of them, drawn as shakily as people draw."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.inputs import Picture, drawing_to_image
from fmnist.inputs.drawing import drawing_to_raw_image

# Lines (n, 2): x and y of the places a pen goes through, in 0–1 of a square, y downwards.
Lines = list[NDArray[np.float64]]

# In pixels. Smaller than the page's canvas, which is 280, and so faster; all else is in proportion.
_SIDE = 140
_LINE_WIDTH = 7


def sketch(lines: Lines, random: np.random.Generator) -> Picture | None:
    """Draw lines askew, shaky and with gaps, and bring the drawing to 28×28 as the page does.

    Args:
        lines: what is drawn; the first is the outline.
        random: decides how badly.

    Returns:
        uint8 ``(28, 28)``; None if nothing came of it.
    """
    if not lines:
        return None
    lines = [_dense(line) for line in _askew(lines, random)]
    canvas = np.zeros((_SIDE, _SIDE), np.uint8)
    width = max(2, round(_LINE_WIDTH * random.choice([0.5, 0.75, 1, 1, 1, 1.4])))
    for number, line in enumerate(lines):
        parts = _broken(line, random) if number == 0 else [line]
        for part in parts:
            places = np.rint(part * _SIDE * 16).astype(np.int32)
            cv2.polylines(canvas, [places], False, 255, width, cv2.LINE_AA, shift=4)
    if random.random() < 0.04:
        return drawing_to_raw_image(canvas)
    return drawing_to_image(np.dstack([canvas] * 4))


def _askew(lines: Lines, random: np.random.Generator) -> Lines:
    """Turn, shear, stretch and bend all lines alike, each a little by itself; keep them inside."""
    angle, shear = random.normal(0, 0.1), random.normal(0, 0.1)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    stretch = np.diag(np.exp(random.normal(0, 0.15, 2)))
    matrix = stretch @ np.array([[1, shear], [0, 1]]) @ turn
    waves = random.uniform(2, 7, (3, 2))
    strengths, phases = random.normal(0, 0.012, (3, 2)), random.uniform(0, 7, 3)
    shake = random.choice([0, 0.004, 0.01])
    moved = []
    for line in lines:
        line = (line - 0.5) @ matrix.T
        for wave, strength, phase in zip(waves, strengths, phases, strict=True):
            line = line + np.sin(line @ wave + phase)[:, None] * strength
        moved.append(line + random.normal(0, 0.008, 2) + random.normal(0, shake, line.shape))
    everything = np.concatenate(moved)
    low, high = everything.min(axis=0), everything.max(axis=0)
    scale = random.uniform(0.6, 0.88) / max((high - low).max(), 1e-6)
    return [(line - (low + high) / 2) * scale + 0.5 for line in moved]


def _broken(line: NDArray[np.float64], random: np.random.Generator) -> Lines:
    """Leave gaps in an outline, seldom more than one."""
    kept = np.ones(len(line), dtype=bool)
    for _ in range(random.choice([0, 0, 0, 1, 1, 2])):
        start, length = random.integers(len(line)), random.uniform(0.005, 0.06) * len(line)
        kept[start : start + int(length)] = False
    ends = np.flatnonzero(np.diff(kept.astype(int))) + 1
    return [
        part
        for part, good in zip(np.split(line, ends), np.split(kept, ends), strict=True)
        if good.all() and len(part)
    ]


def _dense(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add places between those of a line, so that one comes each hundredth of the square."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0], np.cumsum(lengths)])
    places = np.linspace(0, along[-1], max(2, int(along[-1] * 100)))
    return np.stack([np.interp(places, along, line[:, axis]) for axis in (0, 1)], axis=1)
