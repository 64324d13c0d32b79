"""What people draw that is none of the garments, as ``symbols`` has those."""

import numpy as np

from fmnist.training.synthetic.pen import Lines, arc, line, mirrored, rounded, turned
from fmnist.training.synthetic.symbols import Random, Symbol, legs


def _shorts(random: Random) -> Lines:
    return legs(random, random.uniform(0.34, 0.52))


def _hat(random: Random) -> Lines:
    brim, crown = random.uniform(0.35, 0.5), random.uniform(0.15, 0.32)
    kind = random.random()
    if kind < 0.3:  # a bowler
        dome = arc(0.5, 0.68, crown, random.uniform(0.25, 0.5), np.pi, 2 * np.pi)
        return [dome, arc(0.5, 0.7, brim, random.uniform(0.02, 0.1))]
    if kind < 0.5:  # a cap with a peak
        dome = arc(0.45, 0.7, 0.3, random.uniform(0.3, 0.5), np.pi, 2 * np.pi)
        peak = arc(0.75, 0.7, random.uniform(0.2, 0.35), 0.06)
        return [np.concatenate([dome, dome[:1]]), peak]
    high = random.uniform(0.1, 0.4)
    lines = [mirrored((0.5, high), (0.5 + crown, high), (0.5 + crown, 0.65), (0.5 + brim, 0.68),
                      (0.5 + brim, 0.76), (0.5, 0.76))]  # fmt: skip
    if random.random() < 0.5:
        y = random.uniform(0.52, 0.66)
        lines.append(line((0.5 - crown, y), (0.5 + crown, y)))
    return lines


def _sock(random: Random) -> Lines:
    wide, knee = random.uniform(0.16, 0.32), random.uniform(0.5, 0.72)
    toe, thin = random.uniform(0.5, 0.9), random.uniform(0.7, 1)
    shape = line((0, 0), (wide, 0), (wide * thin, knee), (toe, 0.78), (toe + 0.05, 0.92),
                 (toe - 0.1, 1), (0.1, 1), (0, 0.85), (0, 0))  # fmt: skip
    lines = [rounded(shape) if random.random() < 0.6 else shape]
    if random.random() < 0.2:
        lines.append(line((0, 0.1), (wide, 0.1)))
    if random.random() < 0.2:  # heel and toe in another colour
        lines.append(line((toe - 0.12, 0.75), (toe - 0.15, 1)))
    return turned(lines, random.normal(0, 0.2))


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
    face = arc(0.5, 0.5, 0.48, random.uniform(0.35, 0.5))
    hands = [
        line((0.5, 0.5), (0.5 + far * np.cos(angle), 0.5 + far * np.sin(angle)))
        for far, angle in zip(random.uniform(0.2, 0.4, 2), random.uniform(0, 7, 2), strict=True)
    ]
    hours = [
        arc(0.5 + 0.38 * np.cos(angle), 0.5 + 0.38 * np.sin(angle), 0.03, 0.05)
        for angle in np.linspace(-1.2, random.uniform(0, 5), random.integers(0, 9))
    ]
    return [face, *hands[: random.integers(0, 3)], *hours]


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


def _house(random: Random) -> Lines:
    eaves, wide = random.uniform(0.3, 0.5), random.uniform(0.25, 0.45)
    walls = mirrored((0.5, 0.02), (0.5 + wide, eaves), (0.5 + wide, 1))
    door = line((0.45, 1), (0.45, 0.75), (0.56, 0.75), (0.56, 1))
    return [walls, line((0.5 - wide, eaves), (0.5 + wide, eaves)), door]


def _fish(random: Random) -> Lines:
    high = random.uniform(0.15, 0.3)
    body = arc(0.42, 0.5, 0.4, high)
    tail = line((0.8, 0.5), (1, 0.5 - high), (1, 0.5 + high), (0.8, 0.5))
    return [body, tail, arc(0.2, 0.45, 0.02, 0.02)]


def _flower(random: Random) -> Lines:
    petals = np.linspace(0, 2 * np.pi, int(random.integers(4, 8)), endpoint=False)
    far = random.uniform(0.13, 0.2)
    lines = [arc(0.5, 0.3, 0.09, 0.09), line((0.5, 0.4), (0.5, 1))]
    return lines + [arc(0.5 + far * np.cos(a), 0.3 + far * np.sin(a), 0.1, 0.1) for a in petals]


def _star(random: Random) -> Lines:
    points = int(random.integers(4, 8))
    angles = np.linspace(0, 2 * np.pi, 2 * points, endpoint=False)
    radius = np.where(np.arange(2 * points) % 2, random.uniform(0.15, 0.3), 0.5)
    corners = np.stack([0.5 + radius * np.sin(angles), 0.5 - radius * np.cos(angles)], axis=1)
    return [np.concatenate([corners, corners[:1]])]


def _bottle(random: Random) -> Lines:
    neck, wide = random.uniform(0.05, 0.1), random.uniform(0.12, 0.22)
    return [mirrored((0.5, 0), (0.5 + neck, 0), (0.5 + neck, 0.25), (0.5 + wide, 0.4),
                     (0.5 + wide, 1))]  # fmt: skip


def _furniture(random: Random) -> Lines:
    """Draw a table, or a chair with a back."""
    top, leg = random.uniform(0.3, 0.6), random.uniform(0.05, 0.12)
    lines = [line((0, top), (1, top), (1, 1), (1 - leg, 1), (1 - leg, top + 0.1), (leg, top + 0.1),
                  (leg, 1), (0, 1), (0, top))]  # fmt: skip
    return lines + [line((0, top), (0, 0), (leg, 0), (leg, top))] * (random.random() < 0.5)


def _beast(random: Random) -> Lines:
    """Draw an animal from the side: body, head, legs, tail."""
    body, head = arc(0.5, 0.5, 0.3, random.uniform(0.12, 0.2)), arc(0.85, 0.32, 0.13, 0.12)
    legs_ = [line((x, 0.62), (x, random.uniform(0.85, 1))) for x in (0.28, 0.36, 0.62, 0.7)]
    ears = line((0.78, 0.24), (0.78, 0.1), (0.86, 0.2), (0.93, 0.1), (0.93, 0.24))
    return [body, head, *legs_, ears, line((0.22, 0.45), (0.05, 0.3), (0.0, 0.1))]


OOD_SYMBOLS: tuple[Symbol, ...] = (
    _hat, _hat, _shorts, _shorts, _sock, _sock, _skirt, _cup, _cup, _clock, _car, _tree, _head,
    _house, _fish, _flower, _star, _bottle, _furniture, _beast,
    _blob, _polygon, _scribble, _parts, _parts, _parts,
)  # fmt: skip
