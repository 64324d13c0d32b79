"""From lines to what the drawing page makes of them, drawn as shakily as people draw."""

import cv2
import numpy as np

from fmnist.preprocessing import Picture, drawing_to_image
from fmnist.preprocessing.drawing import drawing_to_raw_image
from fmnist.training.synthetic.pen import Line, Lines, rounded

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
    lines = _askew([_by_hand(line, random) for line in lines], random)
    canvas = np.zeros((_SIDE, _SIDE), np.uint8)
    width = max(2, round(_LINE_WIDTH * random.choice([0.5, 0.75, 1, 1, 1, 1.4])))
    for number, line in enumerate(lines):
        for stroke in _strokes(line, random) if number == 0 else [line]:
            places = np.rint(stroke * _SIDE * 16).astype(np.int32)
            cv2.polylines(canvas, [places], False, 255, width, cv2.LINE_AA, shift=4)
    if random.random() < 0.04:
        return drawing_to_raw_image(canvas)
    return drawing_to_image(np.dstack([canvas] * 4))


def _by_hand(line: Line, random: np.random.Generator) -> Line:
    """Miss each corner a little, and cut some of them."""
    closed = len(line) > 2 and np.array_equal(line[0], line[-1])
    # Traced outlines have many corners, and would only become rough.
    slip = random.choice([0.004, 0.012, 0.025]) * min(1, 12 / len(line))
    line = line + random.normal(0, slip, line.shape)
    if closed:
        line[-1] = line[0]
    return rounded(line) if len(line) < 16 and random.random() < 0.15 else line


def _askew(lines: Lines, random: np.random.Generator) -> Lines:
    """Turn, shear, stretch and bend all lines alike, each a little by itself; keep them inside."""
    lines = [_dense(line) for line in lines]
    angle, shear = random.normal(0, 0.1), random.normal(0, 0.1)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    stretch = np.diag(np.exp(random.normal(0, 0.18, 2)))
    matrix = stretch @ np.array([[1, shear], [0, 1]]) @ turn
    waves = random.uniform(2, 7, (3, 2))
    strengths, phases = random.normal(0, 0.014, (3, 2)), random.uniform(0, 7, 3)
    shake = random.choice([0, 0, 0.004, 0.008])
    moved = []
    for line in lines:
        line = (line - 0.5) @ matrix.T
        for wave, strength, phase in zip(waves, strengths, phases, strict=True):
            line = line + np.sin(line @ wave + phase)[:, None] * strength
        moved.append(line + random.normal(0, 0.012, 2) + random.normal(0, shake, line.shape))
    everything = np.concatenate(moved)
    low, high = everything.min(axis=0), everything.max(axis=0)
    scale = random.uniform(0.65, 0.9) / max((high - low).max(), 1e-6)
    return [(line - (low + high) / 2) * scale + 0.5 for line in moved]


def _strokes(line: Line, random: np.random.Generator) -> Lines:
    """Draw an outline in some strokes that miss each other's ends, or leave a part of it out."""
    cuts = np.sort(random.integers(2, max(3, len(line) - 2), random.choice([0, 0, 1, 1, 2, 3])))
    strokes = [
        stroke + random.normal(0, 0.012, 2) for stroke in np.split(line, cuts) if len(stroke) > 1
    ]
    if random.random() < 0.3:
        missing = int(random.uniform(0.01, 0.12) * len(line))
        longest = max(range(len(strokes)), key=lambda place: len(strokes[place]))
        kept = strokes[longest][missing:]
        strokes[longest] = kept[: len(kept) - missing] if random.random() < 0.3 else kept
    return [stroke for stroke in strokes if len(stroke) > 1]


def _dense(line: Line) -> Line:
    """Add places between those of a line, so that one comes each hundredth of the square."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0], np.cumsum(lengths)])
    places = np.linspace(0, along[-1], max(2, int(along[-1] * 100)))
    return np.stack([np.interp(places, along, line[:, axis]) for axis in (0, 1)], axis=1)
