"""A small photo studio: shapes of cloth, softly lit, on a plain ground.

Lengths are in hundredths of the picture's side. Everything is painted at ``OVERSAMPLING`` times
the size and reduced at the end, which smooths every edge.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import cycle

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFilter

SIDE = 600
OVERSAMPLING = 3
UNIT = SIDE * OVERSAMPLING / 100

Points = list[tuple[float, float]]
Plane = NDArray[np.float32]  # (height, width), 0–1


@dataclass(frozen=True)
class Stroke:
    """A line: a fold when it is broad and soft, a seam when it is thin.

    Attributes:
        path: an SVG path of M, L, Q, C and Z, as everywhere here.
        width: in hundredths of the picture.
        light: -1 to 1, how much darker or lighter it makes what lies under it.
        softness: the standard deviation of its blur, in hundredths of the picture.
        dash: the length of its stitches, 0 for an unbroken line.
    """

    path: str
    width: float
    light: float
    softness: float = 0.0
    dash: float = 0.0


@dataclass(frozen=True)
class Piece:
    """A piece of cloth, leather or rubber with what runs over it."""

    path: str
    colour: str
    strokes: tuple[Stroke, ...] = ()
    roundness: float = 0.3
    grain: float = 0.02
    shadow: float = 0.35
    gloss: float = 0.0


def fold(path: str, light: float = -0.1, width: float = 1.4, softness: float = 0.9) -> Stroke:
    """Run a broad, soft line over a piece, dark in the valley or light on the ridge."""
    return Stroke(path, width, light, softness)


def stitch(path: str, light: float = -0.16) -> Stroke:
    """Sew a dashed line."""
    return Stroke(path, 0.22, light, 0.0, 0.7)


def seam(path: str, light: float = -0.18, width: float = 0.28) -> Stroke:
    """Draw the thin line where two pieces meet."""
    return Stroke(path, width, light, 0.12)


def mirrored(path: str) -> str:
    """Reflect a path at the picture's vertical middle."""
    words = path.split()
    numbers = 0
    for i, word in enumerate(words):
        if not word.isalpha():
            words[i] = f"{100 - float(word):g}" if numbers % 2 == 0 else word
            numbers += 1
    return " ".join(words)


def laid(pieces: Iterable[Piece], scale: float, right: float, down: float) -> list[Piece]:
    """Make pieces smaller and lay them elsewhere, ``right`` and ``down`` of where they would be."""

    def path(words: str) -> str:
        moved, shifts = [], cycle((right, down))
        for word in words.split():
            moved.append(word if word.isalpha() else f"{float(word) * scale + next(shifts):g}")
        return " ".join(moved)

    return [
        replace(
            piece,
            path=path(piece.path),
            strokes=tuple(
                replace(
                    stroke,
                    path=path(stroke.path),
                    width=stroke.width * scale,
                    softness=stroke.softness * scale,
                    dash=stroke.dash * scale,
                )
                for stroke in piece.strokes
            ),
        )
        for piece in pieces
    ]


def photograph(pieces: Iterable[Piece], ground: str, seed: int) -> Image.Image:
    """Lay the pieces on each other, from the first to the last, and take their picture."""
    generator = np.random.default_rng(seed)
    pieces = list(pieces)
    picture = _ground(ground)
    masks = [_fill(piece.path) for piece in pieces]
    whole = np.max(masks, axis=0)
    for distance, softness, depth in ((1.6, 2.6, 0.16), (0.5, 0.7, 0.16)):
        down, right = round(distance * UNIT), round(distance * UNIT / 2)
        cast = _blur(np.roll(whole, (down, right), (0, 1)), softness)
        picture *= 1 - depth * cast[..., None]
    for piece, mask in zip(pieces, masks, strict=True):
        near = _blur(np.roll(mask, round(0.45 * UNIT), 0), 0.7) * whole
        picture *= 1 - piece.shadow * 0.6 * near[..., None]
        colour = _lit(piece, mask, generator)
        picture += mask[..., None] * (colour - picture)
    pixels = np.clip(picture * 255 + 0.5, 0, 255).astype(np.uint8)
    return Image.fromarray(pixels).resize((SIDE, SIDE), Image.Resampling.BOX)


def _lit(piece: Piece, mask: Plane, generator: np.random.Generator) -> NDArray[np.float32]:
    """Colour a piece under a soft lamp from the upper left."""
    height = _blur(mask, 1.2) * 0.5 + _blur(mask, 4.0) * 0.5
    slope_y, slope_x = np.gradient(height, 1 / UNIT)
    light = 1 + piece.roundness * 1.1 * (slope_x * 0.6 + slope_y).clip(-0.35, 0.3)
    light -= piece.roundness * 0.35 * (1 - height)
    rows = np.linspace(0.05, -0.07, len(mask), dtype=np.float32)[:, None]
    light += rows
    for stroke in piece.strokes:
        light += stroke.light * _draw(stroke)
    noise = generator.standard_normal((SIDE, SIDE)).astype(np.float32)
    light += piece.grain * _enlarged(noise)
    colour = _rgb(piece.colour) * light[..., None]
    if piece.gloss:
        shine = np.clip(slope_x * 0.6 + slope_y - 0.02, 0, 0.16) * piece.gloss
        colour += shine[..., None] * 2
    return colour


def _ground(colour: str) -> NDArray[np.float32]:
    side = SIDE * OVERSAMPLING
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    light = 1.012 - 0.05 * np.hypot(x - 0.42, y - 0.36) ** 2
    return _rgb(colour) * light[..., None]


def _rgb(colour: str) -> NDArray[np.float32]:
    return np.array(ImageColor.getrgb(colour)[:3], dtype=np.float32) / np.float32(255)


def _enlarged(plane: Plane) -> Plane:
    return plane.repeat(OVERSAMPLING, axis=0).repeat(OVERSAMPLING, axis=1)


def _blur(plane: Plane, softness: float = 0.0) -> Plane:
    """Blur at a third of the size, where it costs a ninth and what is soft looks the same."""
    if not softness:
        return plane
    small = Image.fromarray(np.uint8(np.clip(plane, 0, 1) * 255)).reduce(OVERSAMPLING)
    soft = small.filter(ImageFilter.GaussianBlur(softness * SIDE / 100))
    blurred = soft.resize((SIDE * OVERSAMPLING,) * 2, Image.Resampling.BILINEAR)
    return np.asarray(blurred, dtype=np.float32) / np.float32(255)


def _fill(path: str) -> Plane:
    image = Image.new("L", (SIDE * OVERSAMPLING,) * 2)
    ImageDraw.Draw(image).polygon(_scaled(_points(path)), fill=255)
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def _draw(stroke: Stroke) -> Plane:
    image = Image.new("L", (SIDE * OVERSAMPLING,) * 2)
    brush, width = ImageDraw.Draw(image), max(1, round(stroke.width * UNIT))
    points = _scaled(_points(stroke.path))
    for run in _dashes(points, stroke.dash * UNIT) if stroke.dash else [points]:
        brush.line(run, fill=255, width=width, joint="curve")
    return _blur(np.asarray(image, dtype=np.float32) / np.float32(255), stroke.softness)


def _dashes(points: Points, length: float) -> list[Points]:
    corners = np.array(points)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    runs = []
    for start in np.arange(0, along[-1], 1.7 * length):
        places = np.linspace(start, min(start + length, along[-1]), 4)
        x, y = (np.interp(places, along, corners[:, axis]) for axis in (0, 1))
        runs.append(list(zip(x.tolist(), y.tolist(), strict=True)))
    return runs


def _scaled(points: Points) -> Points:
    return [(x * UNIT, y * UNIT) for x, y in points]


def _points(path: str) -> Points:
    """Follow a path of M, L, Q, C and Z and return the points of a polygon along it."""
    words = path.split()
    points: Points = []
    needed = {"M": 1, "L": 1, "Q": 2, "C": 3}
    command = ""
    while words:
        if words[0].isalpha():
            command = words.pop(0)
        if command == "Z":
            points.append(points[0])
            continue
        given = [(float(words.pop(0)), float(words.pop(0))) for _ in range(needed[command])]
        if len(given) == 1:
            points += given
        else:
            control = np.array([points[-1], *given])
            for t in np.linspace(0, 1, 33)[1:]:
                level = control
                while len(level) > 1:  # de Casteljau
                    level = level[:-1] * (1 - t) + level[1:] * t
                points.append((float(level[0, 0]), float(level[0, 1])))
    return points
