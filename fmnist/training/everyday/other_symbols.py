"""What people draw that is none of the garments, as ``symbols`` has those."""

import numpy as np

from fmnist.training.everyday.pen import arc, line, mirrored
from fmnist.training.everyday.sketch import Lines
from fmnist.training.everyday.symbols import Random, Symbol, legs


def _shorts(random: Random) -> Lines:
    return legs(random, random.uniform(0.36, 0.52))


def _hat(random: Random) -> Lines:
    brim, crown = random.uniform(0.35, 0.5), random.uniform(0.18, 0.3)
    if random.random() < 0.5:
        return [arc(0.5, 0.7, brim, 0.08), arc(0.5, 0.68, crown, random.uniform(0.25, 0.5),
                                                 np.pi, 2 * np.pi)]  # fmt: skip
    high = random.uniform(0.1, 0.4)
    return [mirrored((0.5, high), (0.5 + crown, high), (0.5 + crown, 0.65), (0.5 + brim, 0.68),
                      (0.5 + brim, 0.76), (0.5, 0.76))]  # fmt: skip


def _sock(random: Random) -> Lines:
    wide, knee, toe = (
        random.uniform(0.2, 0.32),
        random.uniform(0.55, 0.72),
        random.uniform(0.55, 0.9),
    )
    return [line((0, 0), (wide, 0), (wide, knee), (toe, 0.78), (toe + 0.05, 0.92), (toe - 0.1, 1),
                  (0.1, 1), (0, 0.85), (0, 0))]  # fmt: skip


def _skirt(random: Random) -> Lines:
    waist, hem = random.uniform(0.12, 0.25), random.uniform(0.3, 0.5)
    lines = [mirrored((0.5, 0.1), (0.5 + waist, 0.1), (0.5 + hem, random.uniform(0.5, 0.9)))]
    for x in random.uniform(-0.6, 0.6, random.integers(0, 4)):
        lines.append(line((0.5 + x * waist, 0.15), (0.5 + x * hem, 0.5)))
    return lines


def _cup(random: Random) -> Lines:
    top, bottom = random.uniform(0.25, 0.35), random.uniform(0.15, 0.35)
    side = arc(0.5 + top, 0.45, 0.18, 0.2, -np.pi / 2, np.pi / 2)
    rim = [arc(0.5, 0.1, top, 0.06)] * (random.random() < 0.5)
    return [mirrored((0.5, 0.1), (0.5 + top, 0.1), (0.5 + bottom, 0.95)), side, *rim]


def _clock(random: Random) -> Lines:
    one, other = random.uniform(0, 7, 2)
    hands = [line((0.5, 0.5), (0.5 + 0.35 * np.cos(a), 0.5 + 0.35 * np.sin(a)))
             for a in (one, other)]  # fmt: skip
    return [arc(0.5, 0.5, 0.48, random.uniform(0.35, 0.5)), *hands[: random.integers(0, 3)]]


def _car(random: Random) -> Lines:
    roof, left, right = (
        random.uniform(0.2, 0.4),
        random.uniform(0.1, 0.3),
        random.uniform(0.65, 0.9),
    )
    wheel = random.uniform(0.07, 0.12)
    body = line((0, 0.75), (0, 0.55), (left, 0.5), (left + 0.1, roof), (right - 0.1, roof),
                 (right, 0.5), (1, 0.55), (1, 0.75), (0, 0.75))  # fmt: skip
    return [body, arc(0.25, 0.77, wheel, wheel), arc(0.75, 0.77, wheel, wheel)]


def _tree(random: Random) -> Lines:
    trunk = random.uniform(0.05, 0.12)
    crown = _blob(random)[0] * [0.9, 0.6] + [0.05, 0]
    return [
        crown,
        line((0.5 - trunk, 0.5), (0.5 - trunk, 1), (0.5 + trunk, 1), (0.5 + trunk, 0.5)),
    ]


def _head(random: Random) -> Lines:
    """Draw a face with pointed ears, eyes and whiskers."""
    left = line((0.15, 0.45), (0.15, 0.05), (0.42, 0.25))
    whiskers = [line((0.5, 0.65), (x, y)) for x in (0.0, 1.0) for y in random.uniform(0.5, 0.9, 2)]
    eyes = [arc(x, 0.5, 0.05, 0.05) for x in (0.35, 0.65)]
    face = arc(0.5, 0.6, random.uniform(0.35, 0.45), random.uniform(0.3, 0.4))
    return [face, left, left * [-1, 1] + [1, 0], *eyes, *whiskers[: random.integers(0, 5)]]


def _blob(random: Random) -> Lines:
    """Draw a closed line of a few waves around a circle."""
    angles = np.linspace(0, 2 * np.pi, 60)
    radius = 0.3 * np.ones(60)
    for wave in range(1, 6):
        radius += random.normal(0, 0.12 / wave) * np.cos(wave * angles + random.uniform(0, 7))
    radius = radius.clip(0.05, 0.5)
    return [np.stack([0.5 + radius * np.cos(angles), 0.5 + radius * np.sin(angles)], axis=1)]


def _polygon(random: Random) -> Lines:
    angles = np.sort(random.uniform(0, 2 * np.pi, random.integers(3, 11)))
    radius = random.uniform(0.15, 0.5, len(angles))
    corners = np.stack([0.5 + radius * np.cos(angles), 0.5 + radius * np.sin(angles)], axis=1)
    return [np.concatenate([corners, corners[:1]])]


def _scribble(random: Random) -> Lines:
    return [random.uniform(0, 1, (random.integers(3, 14), 2)) for _ in range(random.integers(1, 4))]


def _parts(random: Random) -> Lines:
    """Put some shapes together, as things are."""
    lines: Lines = []
    for _ in range(random.integers(2, 6)):
        part = (_blob, _polygon, _clock)[random.integers(3)](random)
        size, place = random.uniform(0.2, 0.8), random.uniform(-0.3, 0.3, 2)
        lines += [(each - 0.5) * size * random.uniform(0.6, 1, 2) + 0.5 + place for each in part]
    return lines


STRANGERS: tuple[Symbol, ...] = (
    _hat, _shorts, _sock, _skirt, _cup, _clock, _car, _tree, _head,
    _blob, _polygon, _scribble, _parts, _parts,
)  # fmt: skip
