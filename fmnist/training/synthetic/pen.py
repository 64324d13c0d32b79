"""The pen: lines, and how people draw them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing import Picture, drawing_to_image
from fmnist.preprocessing.drawing import drawing_to_raw_image

# Each line is float64 (n, 2): x and y of the places a pen goes through.
Line = NDArray[np.float64]
Lines = list[Line]


def line(*places: tuple[float, float]) -> Line:
    """Draw straight from place to place."""
    return np.array(places, dtype=np.float64)


def mirrored(*places: tuple[float, float]) -> Line:
    """Close a right half, given from top to bottom, with its mirror image."""
    right = line(*places)
    left = right[::-1] * [-1, 1] + [1, 0]
    return np.concatenate([right, left, right[:1]])


def arc(
    x: float, y: float, wide: float, high: float, start: float = 0, end: float = 2 * np.pi
) -> Line:
    """Draw an ellipse around (x, y), or the part between two angles, clockwise in radians."""
    angles = np.linspace(start, end, 24)
    return np.stack([x + wide * np.cos(angles), y + high * np.sin(angles)], axis=1)


def rounded(corners: Line) -> Line:
    """Cut the corners twice; the ends stay.

    Source: Chaikin, "An algorithm for high-speed curve generation", 1974.
    """
    for _ in range(2):
        near, far = corners[:-1], corners[1:]
        cut = np.stack([0.75 * near + 0.25 * far, 0.25 * near + 0.75 * far], axis=1)
        corners = np.concatenate([corners[:1], cut.reshape(-1, 2), corners[-1:]])
    return corners


def turned(lines: Lines, angle: float) -> Lines:
    """Turn all lines about the middle of the square by an angle in radians."""
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return [(each - 0.5) @ turn.T + 0.5 for each in lines]


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
    canvas = draw(lines, random)
    if random.random() < 0.04:
        return drawing_to_raw_image(canvas)
    return drawing_to_image(np.dstack([canvas] * 4))


def draw(lines: Lines, random: np.random.Generator) -> Picture:
    """Draw lines askew, shaky and with gaps.

    Args:
        lines: what is drawn, at least one line; the first is the outline.
        random: decides how badly.

    Returns:
        The canvas, uint8 ``(140, 140)``, 0 ground, 255 ink.
    """
    lines = _askew([_by_hand(line, random) for line in lines], random)
    canvas = np.zeros((_SIDE, _SIDE), np.uint8)
    width = max(2, round(_LINE_WIDTH * random.choice([0.5, 0.75, 1, 1, 1, 1.4])))
    for number, line in enumerate(lines):
        for stroke in _strokes(line, random) if number == 0 else [line]:
            places = np.rint(stroke * _SIDE * 16).astype(np.int32)
            cv2.polylines(canvas, [places], False, 255, width, cv2.LINE_AA, shift=4)
    return canvas


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
