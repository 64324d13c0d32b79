"""What people draw from memory for a garment: a symbol rather than a picture, with few lines.

Nobody draws a sleeve as it hangs in a shop's photo: it sticks out. Each symbol takes a random
generator, which decides its proportions, and returns lines in 0–1 of a square, the outline first.
"""

from collections.abc import Callable

import numpy as np

from fmnist.training.everyday.pen import arc, line, mirrored
from fmnist.training.everyday.sketch import Lines

Random = np.random.Generator
Symbol = Callable[[Random], Lines]


def _top(random: Random, sleeve: float) -> tuple[Lines, float]:
    """Draw neck, sleeves and body; return the neck's depth too."""
    neck, half = random.uniform(0.07, 0.14), random.uniform(0.19, 0.27)
    depth, hem = random.uniform(0.02, 0.12), random.uniform(0.75, 1)
    slope, thick = random.uniform(0.15, 1.3), random.uniform(0.13, 0.22)
    shoulder = (0.5 + half, random.uniform(0.02, 0.1))
    along = np.array([np.cos(slope), np.sin(slope)]) * sleeve
    across = np.array([-np.sin(slope), np.cos(slope)]) * thick
    cuff = (shoulder[0] + along[0], shoulder[1] + along[1])
    under = (cuff[0] + across[0], cuff[1] + across[1])
    pit = (0.5 + half * random.uniform(0.85, 1), shoulder[1] + thick * random.uniform(1.1, 1.5))
    body = (0.5 + half * random.uniform(0.85, 1.2), hem)
    right = ((0.5, depth), (0.5 + neck, 0.0), shoulder, cuff, under, pit, body)
    return [mirrored(*right)], depth


def _t_shirt(random: Random) -> Lines:
    lines, _ = _top(random, random.uniform(0.1, 0.24))
    if random.random() < 0.2:
        lines.append(arc(0.5, 0.45, 0.1, 0.08))
    return lines


def _sweater(random: Random) -> Lines:
    lines, depth = _top(random, random.uniform(0.36, 0.65))
    if random.random() < 0.4:
        lines.append(arc(0.5, depth, 0.12, 0.06, 0, np.pi))
    if random.random() < 0.3:
        for y in random.uniform(0.3, 0.8, random.integers(1, 4)):
            lines.append(line((0.33, y), (0.67, y)))
    return lines


def _jacket(random: Random) -> Lines:
    sleeve = random.uniform(0.1, 0.3) if random.random() < 0.25 else random.uniform(0.33, 0.6)
    lines, depth = _top(random, sleeve)
    lines.append(line((0.5, depth), (0.5, 0.85)))
    if random.random() < 0.5:
        lines.append(line((0.38, 0.02), (0.44, 0.25), (0.5, depth + 0.1)))
        lines.append(line((0.62, 0.02), (0.56, 0.25), (0.5, depth + 0.1)))
    if random.random() < 0.4:
        lines += [arc(0.55, y, 0.012, 0.012) for y in (0.3, 0.45, 0.6)]
    if random.random() < 0.3:
        lines += [line((x, 0.6), (x + 0.1, 0.6)) for x in (0.33, 0.57)]
    return lines


def _dress(random: Random) -> Lines:
    waist, flare = random.uniform(0.08, 0.16), random.uniform(0.2, 0.45)
    lines = [
        mirrored(
            (0.5, 0.1), (0.58, 0), (0.64, 0.02), (0.66, 0.15), (0.5 + waist, 0.4), (0.5 + flare, 1)
        )
    ]
    return lines + [line((0.5 - waist, 0.4), (0.5 + waist, 0.4))] * (random.random() < 0.5)


def legs(random: Random, length: float) -> Lines:
    """Draw two legs of some length, long for trousers and short for shorts."""
    waist, hem = random.uniform(0.15, 0.28), random.uniform(0.1, 0.22)
    spread, crotch = random.uniform(0.02, 0.14), random.uniform(0.2, 0.36)
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
    return legs(random, random.uniform(0.8, 1.15))


def _sole(x: float, random: Random) -> Lines:
    wide, heel = random.uniform(0.12, 0.18), random.uniform(0.7, 1)
    outline = np.concatenate(
        [arc(x, 0.2, wide, 0.2, np.pi, 2 * np.pi), arc(x, 0.75, wide * heel, 0.2, 0, np.pi)]
    )
    toe, side = (x, random.uniform(0.1, 0.25)), random.uniform(0.4, 0.6)
    return [
        np.concatenate([outline, outline[:1]]),
        line((x - wide, side), toe, (x + wide, side)),
    ]


def _flip_flop(random: Random) -> Lines:
    lines = _sole(0.3, random)
    if random.random() < 0.5:
        lines += _sole(0.72, random)
    angle = random.choice([0, 0, random.uniform(-1.5, 1.5)])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return [(each - 0.5) @ turn.T + 0.5 for each in lines]


def _shoe(random: Random, ankle: float | None = None) -> Lines:
    ankle = random.uniform(0.3, 0.5) if ankle is None else ankle
    opening, toe = random.uniform(0.25, 0.45), random.uniform(0.12, 0.25)
    outline = line(
        (0.02, 1 - ankle), (opening, 1 - ankle), (opening + 0.12, 1 - toe - 0.08),
        (0.85, 1 - toe), (0.98, 0.92), (0.97, 1), (0.03, 1), (0, 0.85), (0.02, 1 - ankle),
    )  # fmt: skip
    lines = [outline]
    if random.random() < 0.5:
        lines.append(line((0.02, 0.93), (0.96, 0.93)))
    for x in np.arange(random.integers(0, 4)) * 0.08 + opening + 0.05:
        lines.append(line((x, 0.78), (x + 0.06, 0.7)))
    return lines


def _boot(random: Random) -> Lines:
    return _shoe(random, random.uniform(0.6, 0.85))


def _bag(random: Random) -> Lines:
    top, bottom = random.uniform(0.25, 0.45), random.uniform(0.35, 0.5)
    high = random.uniform(0.35, 0.55)
    lines = [mirrored((0.5, high), (0.5 + top, high), (0.5 + bottom, 1))]
    lines.append(arc(0.5, high, top * random.uniform(0.4, 0.9), high * random.uniform(0.5, 1),
                      np.pi, 2 * np.pi))  # fmt: skip
    if random.random() < 0.4:
        lines.append(line((0.5 - top, high + 0.15), (0.5, high + 0.3), (0.5 + top, high + 0.15)))
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
    (_bag, (8,)),
    (_boot, (9,)),
)
