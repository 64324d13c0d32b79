"""Augmentation of photos with masks: placed together, and garments laid beside each other."""

import cv2
import numpy as np

from fmnist.preprocessing import Picture
from fmnist.preprocessing.bounds import around
from fmnist.preprocessing.square import border_colour
from fmnist.training.augmentation.photos import Random, centred_at, recoloured, turned_by
from fmnist.training.photos.masked import MaskedFrame

STRETCH, ANGLE = 0.12, 12.0  # of width against height, as a logarithm; degrees
# How large photos of people are shown, of flat garments, and of several of them.
ZOOMS = {"worn": (0.85, 1.9), "flat": (0.7, 1.3), "several": (0.9, 1.3)}
# Of flat garments, how many get another ground; and how many lie beside each other at most.
_REGROUNDED, SEVERAL = 0.25, 5


def placed(frame: MaskedFrame, zoom: tuple[float, float], side: int, random: Random) -> MaskedFrame:
    """Flip, turn, stretch, zoom and shift a photo with its mask, and change the photo's colours.

    Args:
        frame: the photo.
        zoom: least and most, against the square that it is padded to.
        side: of the square, in pixels; of the mask half as many.
        random: what decides.
    """
    height, width = frame.sets.shape
    scale = np.exp(random.uniform(*np.log(zoom))) * side / max(height, width)
    stretch = np.exp(random.uniform(-STRETCH, STRETCH) / 2)
    angle = random.uniform(-ANGLE, ANGLE) if random.random() < 0.5 else 0.0
    mirrored = -1.0 if random.random() < 0.5 else 1.0
    turned = turned_by(angle, scale * stretch * mirrored, scale / stretch)
    room = np.abs(np.abs(turned) @ [width, height] - side) / 2
    middle = side / 2 + random.uniform(-1, 1, 2) * room
    affine = centred_at(middle, turned, (width, height))
    choice = random.random()
    mode = cv2.BORDER_REPLICATE if choice < 0.2 else cv2.BORDER_CONSTANT
    colour = (255, 255, 255) if choice < 0.4 else border_colour(frame.pixels)
    pixels = cv2.warpAffine(
        frame.pixels, affine, (side, side), flags=cv2.INTER_LINEAR, borderMode=mode,
        borderValue=colour,
    )  # fmt: skip
    # Around a photo is what is around its garment: no garment, or who knows what.
    sets = cv2.warpAffine(
        frame.sets, affine / 2, (side // 2, side // 2), flags=cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_CONSTANT, borderValue=int(frame.sets.max()),
    )  # fmt: skip
    return MaskedFrame(recoloured(np.asarray(pixels, np.uint8), random), np.asarray(sets))


def regrounded(frame: MaskedFrame, ground: Picture, random: Random) -> MaskedFrame:
    """Put another ground behind a flat garment, sometimes."""
    if random.random() >= _REGROUNDED:
        return frame
    height, width = frame.sets.shape
    behind = cv2.resize(ground, (width, height))
    garment = (frame.sets != frame.sets.max()).astype(np.float32)
    share = cv2.GaussianBlur(garment, (3, 3), 0)[..., None]
    pixels = frame.pixels * share + behind * (1 - share)
    return MaskedFrame(pixels.astype(np.uint8), frame.sets)


def beside_each_other(
    frames: list[MaskedFrame], ground: Picture, nothing: int, random: Random
) -> MaskedFrame:
    """Lay flat garments out on a ground, in rows, as people do who show what they pack.

    Args:
        frames: ``SEVERAL`` at most.
        ground: uint8 ``(side, side, 3)``.
        nothing: what pixels of the ground show, see ``PixelSets``.
        random: what decides.
    """
    side = len(ground)
    pixels, sets = ground.copy(), np.full((side, side), nothing, np.uint16)
    columns = 1 if len(frames) == 1 else 2 if len(frames) < 5 else 3
    cells = random.permutation(columns * -(-len(frames) // columns))
    cell = side / columns
    for frame, place in zip(frames, cells, strict=False):
        garment = frame.sets != frame.sets.max()
        if not garment.any():
            continue
        part = around(garment, 0)
        scale = cell * random.uniform(0.6, 1.05) / max(garment[part].shape)
        mirrored = -1.0 if random.random() < 0.5 else 1.0
        row, column = divmod(int(place), columns)
        centre = np.array([column + 0.5, row + 0.5]) * cell
        centre += random.uniform(-0.1, 0.1, 2) * cell
        height, width = garment[part].shape
        affine = centred_at(centre, np.diag([scale * mirrored, scale]), (width, height))
        share = cv2.warpAffine(garment[part].astype(np.float32), affine, (side, side))
        there = cv2.warpAffine(frame.pixels[part], affine, (side, side))
        pixels = (there * share[..., None] + pixels * (1 - share[..., None])).astype(np.uint8)
        sets[share > 0.5] = np.bincount(frame.sets[part][garment[part]]).argmax()
    return MaskedFrame(pixels, sets)


def plain_ground(side: int, random: Random) -> Picture:
    """Return a ground of one colour in an uneven light, uint8 ``(side, side, 3)``."""
    gray = np.full(3, random.integers(150, 256))
    colour = random.integers(0, 256, 3) if random.random() < 0.5 else gray
    light = np.linspace(-1, 1, side)[:, None, None] * random.uniform(-25, 25)
    return np.clip(colour + light + np.zeros((side, side, 3)), 0, 255).astype(np.uint8)
