"""What people draw from memory for a garment: a symbol rather than a picture, with few lines.

Nobody draws a sleeve as it hangs in a shop's photo: it sticks out. Each symbol takes a random
generator, which decides its proportions, and returns lines in 0–1 of a square, the outline first.
"""

from collections.abc import Callable

import numpy as np

from fmnist.training.synthetic.pen import Lines, arc, line, mirrored, rounded, turned

Random = np.random.Generator
Symbol = Callable[[Random], Lines]


def top(random: Random, sleeve: float) -> tuple[Lines, float]:
    """Draw neck, sleeves of some length and body; return the neck's depth too."""
    neck, half = random.uniform(0.05, 0.14), random.uniform(0.14, 0.27)
    neck = min(neck, half * 0.8)
    depth, hem = random.uniform(0.0, 0.13), random.uniform(0.6, 1)
    slope, thick = random.uniform(0.0, 1.2), random.uniform(0.12, 0.24)
    shoulder = (0.5 + half, random.uniform(0.0, 0.1))
    along = np.array([np.cos(slope), np.sin(slope)]) * sleeve
    across = np.array([-np.sin(slope), np.cos(slope)]) * thick * random.uniform(0.7, 1.1)
    cuff = (shoulder[0] + along[0], shoulder[1] + along[1])
    under = (cuff[0] + across[0], cuff[1] + across[1])
    pit = (0.5 + half * random.uniform(0.75, 1), shoulder[1] + thick * random.uniform(1.0, 1.5))
    body = (0.5 + half * random.uniform(0.75, 1.2), max(hem, pit[1] + 0.2))
    collar = ((0.5, depth), (0.5 + neck, 0.0)) if random.random() < 0.75 else ((0.5 + neck, 0.0),)
    return [mirrored(*collar, shoulder, cuff, under, pit, body)], depth


def _t_shirt(random: Random) -> Lines:
    lines, depth = top(random, random.uniform(0.1, 0.32))
    if random.random() < 0.15:
        lines.append(arc(0.5, 0.45, 0.1, 0.08))
    if random.random() < 0.15:
        lines.append(arc(0.5, depth, 0.12, 0.06, 0, np.pi))
    return lines


def _sweater(random: Random) -> Lines:
    lines, depth = top(random, random.uniform(0.36, 0.7))
    if random.random() < 0.4:
        lines.append(arc(0.5, depth, 0.12, 0.06, 0, np.pi))
    if random.random() < 0.25:
        for y in random.uniform(0.3, 0.8, random.integers(1, 4)):
            lines.append(line((0.36, y), (0.64, y)))
    if random.random() < 0.25:  # ribs at the hem
        lines.append(line((0.33, 0.85), (0.67, 0.85)))
    return lines


def _jacket(random: Random) -> Lines:
    sleeve = random.uniform(0.0, 0.3) if random.random() < 0.3 else random.uniform(0.33, 0.65)
    lines, depth = top(random, sleeve)
    middle = random.normal(0.5, 0.02)
    zip_end = random.uniform(0.75, 0.98)
    if random.random() < 0.85:
        lines.append(line((middle, depth), (middle, zip_end)))
    if random.random() < 0.25:  # open, so two edges
        lines.append(line((middle + 0.06, depth), (middle + 0.06, zip_end)))
    if random.random() < 0.45:
        lines.append(line((0.38, 0.02), (0.44, 0.25), (middle, depth + 0.1)))
        lines.append(line((0.62, 0.02), (0.56, 0.25), (middle, depth + 0.1)))
    if random.random() < 0.4:
        heights = np.linspace(0.2, 0.8, random.integers(2, 6))
        lines += [arc(middle + 0.04, y, 0.014, 0.014) for y in heights]
    if random.random() < 0.25:
        lines += [line((x, 0.6), (x + 0.1, 0.6)) for x in (0.33, 0.57)]
    if random.random() < 0.15:  # a hood
        lines.append(arc(0.5, 0.0, 0.12, 0.14, np.pi, 2 * np.pi))
    return lines


def _dress(random: Random) -> Lines:
    waist, flare = random.uniform(0.07, 0.16), random.uniform(0.15, 0.45)
    strap = random.uniform(0.05, 0.16)
    shape = mirrored(
        (0.5, random.uniform(0.05, 0.15)), (0.5 + strap * 0.6, 0), (0.5 + strap, 0.02),
        (0.5 + strap * 1.1, 0.15), (0.5 + waist, random.uniform(0.3, 0.45)), (0.5 + flare, 1),
    )  # fmt: skip
    return [shape] + [line((0.5 - waist, 0.4), (0.5 + waist, 0.4))] * (random.random() < 0.5)


def legs(random: Random, length: float) -> Lines:
    """Draw two legs of some length, long for trousers and short for shorts."""
    waist, hem = random.uniform(0.13, 0.3), random.uniform(0.1, 0.24)
    spread, crotch = random.uniform(0.01, 0.2), random.uniform(0.16, 0.36)
    outline = mirrored(
        (0.5, 0), (0.5 + waist, 0), (0.5 + spread + hem, length), (0.5 + spread, length),
        (0.5, crotch),
    )  # fmt: skip
    lines = [outline]
    if random.random() < 0.3:
        lines.append(line((0.5 - waist, 0.07), (0.5 + waist, 0.07)))
    if random.random() < 0.3:
        lines.append(line((0.5, 0), (0.5, crotch)))
    return lines


def _trouser(random: Random) -> Lines:
    return legs(random, random.uniform(0.7, 1.15))


def _sole(x: float, random: Random) -> Lines:
    wide, heel = random.uniform(0.12, 0.2), random.uniform(0.65, 1)
    outline = np.concatenate(
        [arc(x, 0.2, wide, 0.2, np.pi, 2 * np.pi), arc(x, 0.75, wide * heel, 0.2, 0, np.pi)]
    )
    toe, side = (x, random.uniform(0.08, 0.25)), random.uniform(0.35, 0.6)
    strap = line((x - wide, side), toe, (x + wide, side))
    kind = random.random()
    if kind < 0.2:  # a band across
        strap = arc(x, side, wide, random.uniform(0.05, 0.15), np.pi, 2 * np.pi)
    elif kind < 0.35:  # a knot with a stem
        knot = (x, toe[1] + 0.15)
        strap = line((x - wide, side), knot, toe, knot, (x + wide, side))
    return [np.concatenate([outline, outline[:1]]), strap]


def _flip_flop(random: Random) -> Lines:
    lines = _sole(0.3, random)
    if random.random() < 0.45:
        lines += _sole(random.uniform(0.62, 0.75), random)
    return turned(lines, random.choice([0, random.normal(0, 0.4), random.uniform(-1.6, 1.6)]))


def _shoe(random: Random, ankle: float | None = None) -> Lines:
    ankle = random.uniform(0.22, 0.5) if ankle is None else ankle
    opening, toe = random.uniform(0.22, 0.48), random.uniform(0.1, 0.28)
    lines = [
        line(
            (0.02, 1 - ankle), (opening, 1 - ankle), (opening + 0.12, 1 - toe - 0.08),
            (0.85, 1 - toe), (0.98, 0.92), (0.97, 1), (0.03, 1), (0, 0.85), (0.02, 1 - ankle),
        )
    ]  # fmt: skip
    if random.random() < 0.3:
        lines = [rounded(lines[0])]
    if random.random() < 0.45:
        lines.append(line((0.02, 0.93), (0.96, 0.93)))
    if random.random() < 0.25:  # the opening, seen from above
        lines.append(arc(opening / 2, 1 - ankle, opening / 2, 0.05))
    for x in np.arange(random.integers(0, 4)) * 0.08 + opening + 0.05:
        lines.append(line((x, 0.78), (x + 0.06, 0.7)))
    return lines


def _slipper(random: Random) -> Lines:
    """Draw a low shoe: little more than a bean, with a heel here and there."""
    high = random.uniform(0.3, 0.45)
    dent = random.uniform(0.0, 0.2)
    lines = [
        rounded(
            line((0, 1 - high), (0.25, 1 - high), (0.45, 1 - high + dent), (0.9, 1 - high * 0.7),
                 (1, 0.95), (0.6, 1), (0.0, 1), (0, 1 - high))
        )
    ]  # fmt: skip
    if random.random() < 0.3:
        lines.append(line((0.05, 1), (0.02, 1.12), (0.15, 1.12), (0.2, 1)))
    if random.random() < 0.5:
        lines += [line((x, 0.72), (x + 0.03, 0.85)) for x in (0.5, 0.58, 0.66)]
    return lines


def _boot(random: Random) -> Lines:
    return _shoe(random, random.uniform(0.6, 0.9))


def _bag(random: Random) -> Lines:
    up, down = random.uniform(0.2, 0.45), random.uniform(0.28, 0.5)
    high = random.uniform(0.3, 0.6)
    body = mirrored((0.5, high), (0.5 + up, high), (0.5 + down, 1))
    lines = [rounded(body) if random.random() < 0.25 else body]
    wide, tall = up * random.uniform(0.4, 0.95), high * random.uniform(0.5, 1)
    kind = random.random()
    if kind < 0.55:
        lines.append(arc(0.5, high, wide, tall, np.pi, 2 * np.pi))
    elif kind < 0.75:  # a handle of some thickness
        lines.append(arc(0.5, high, wide, tall, np.pi, 2 * np.pi))
        lines.append(arc(0.5, high, wide * 0.75, tall * 0.7, np.pi, 2 * np.pi))
    else:  # an angular one
        corner = wide * random.uniform(0.5, 1)
        lines.append(
            line((0.5 - wide, high), (0.5 - corner, high - tall), (0.5 + corner, high - tall),
                 (0.5 + wide, high))
        )  # fmt: skip
    if random.random() < 0.3:
        lines.append(line((0.5 - up, high + 0.15), (0.5, high + 0.3), (0.5 + up, high + 0.15)))
    if random.random() < 0.3:
        y = high + random.uniform(0.1, 0.25)
        lines.append(line((0.5 - up, y), (0.5 + up, y)))
    if random.random() < 0.3:
        lines.append(arc(0.5, high + 0.15, 0.04, 0.04))
    return lines


# A symbol, and the names of the classes that are right for it.
GARMENTS: tuple[tuple[Symbol, tuple[int, ...]], ...] = (
    (_t_shirt, (0,)),
    (_trouser, (1,)),
    (_sweater, (2,)),
    (_dress, (3,)),
    (_jacket, (4,)),
    (_flip_flop, (5,)),
    (_shoe, (5, 7, 9)),
    (_slipper, (5, 7, 9)),
    (_bag, (8,)),
    (_boot, (9,)),
)
