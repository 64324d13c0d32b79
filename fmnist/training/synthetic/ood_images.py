"""OOD images, which show none of the classes: noise, textures, digits, letters, torn garments."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
OODImage = Callable[[np.random.Generator, Image], Image]

_FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, cv2.FONT_HERSHEY_SCRIPT_COMPLEX,
)  # fmt: skip
_LETTERS = "00112233445566778899" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz?&%#@"


def make_ood_image(random: np.random.Generator, garment: Image) -> Image:
    """Make an image of nothing that is worn.

    Args:
        random: decides what it is.
        garment: uint8 ``(28, 28)``, to be torn to pieces where pieces are wanted.

    Returns:
        uint8 ``(28, 28)``.
    """
    return OOD_IMAGES[random.integers(len(OOD_IMAGES))](random, garment)


def _noise(random: np.random.Generator, garment: Image) -> Image:
    low, high = np.sort(random.integers(0, 256, 2))
    if random.random() < 0.3:
        return np.where(random.random((28, 28)) < random.uniform(0.02, 0.6), 255, 0).astype(
            np.uint8
        )
    return random.integers(low, high + 1, (28, 28)).astype(np.uint8)


def _texture(random: np.random.Generator, garment: Image) -> Image:
    """Sum noise of several sizes, over the whole image."""
    total = np.zeros((28, 28), np.float32)
    for side in (2, 4, 7, 14, 28):
        grains = random.normal(0, random.uniform(0, 1), (side, side)).astype(np.float32)
        total += np.asarray(cv2.resize(grains, (28, 28), interpolation=cv2.INTER_CUBIC))
    total = (total - total.min()) / max(float(np.ptp(total)), 1e-6)
    low, high = random.uniform(0, 130), random.uniform(100, 255)
    return np.rint(np.clip(low + total * (high - low), 0, 255)).astype(np.uint8)


def _stripes(random: np.random.Generator, garment: Image) -> Image:
    y, x = np.mgrid[:28, :28]
    angle, period, phase = random.uniform(0, np.pi), random.uniform(2.5, 20), random.uniform(0, 7)
    wave = np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period + phase)
    if random.random() < 0.4:  # checks
        wave = wave * np.sin((y * np.cos(angle) - x * np.sin(angle)) * 2 * np.pi / period)
    if random.random() < 0.5:
        wave = np.sign(wave)
    return np.rint(127.5 + wave * random.uniform(30, 127)).astype(np.uint8)


def _character(random: np.random.Generator, garment: Image) -> Image:
    """Write a digit or a letter, white on black, as MNIST's are."""
    letter, font = _LETTERS[random.integers(len(_LETTERS))], _FONTS[random.integers(len(_FONTS))]
    large, thickness = np.zeros((112, 112), np.uint8), int(random.integers(5, 15))
    (wide, high), _ = cv2.getTextSize(letter, font, 3, thickness)
    place = ((112 - wide) // 2, (112 + high) // 2)
    cv2.putText(large, letter, place, font, 3, 255, thickness, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((56, 56), random.normal(0, 12), random.uniform(0.75, 1.25))
    turn[0, 1] += random.normal(0, 0.15)
    turned = cv2.warpAffine(large, turn, (112, 112))
    return np.asarray(cv2.resize(turned, (28, 28), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _torn(random: np.random.Generator, garment: Image) -> Image:
    """Put a garment's quarters, or sixteenths, together in another order."""
    n = int(random.choice([2, 4, 4, 7]))
    side = 28 // n
    pieces = garment.reshape(n, side, n, side).swapaxes(1, 2).reshape(n * n, side, side)
    order = random.permutation(n * n)
    return pieces[order].reshape(n, n, side, side).swapaxes(1, 2).reshape(28, 28)


def _patch(random: np.random.Generator, garment: Image) -> Image:
    """Cut a random shape out of a texture, as a photo of some thing would come out."""
    angles = np.sort(random.uniform(0, 2 * np.pi, random.integers(3, 12)))
    radius = random.uniform(20, 56, len(angles))
    corners = np.stack([56 + radius * np.cos(angles), 56 + radius * np.sin(angles)], axis=1)
    shape = np.zeros((112, 112), np.uint8)
    if random.random() < 0.5:
        cv2.fillPoly(shape, [corners.astype(np.int32)], 255)
    else:
        axes = tuple(int(axis) for axis in random.integers(12, 56, 2))
        cv2.ellipse(shape, (56, 56), axes, random.uniform(0, 180), 0, 360, 255, -1)
    x, y, wide, high = cv2.boundingRect(shape)
    scale = 28 / max(wide, high, 1)
    move = np.array(
        [[scale, 0, 14 - scale * (x + wide / 2)], [0, scale, 14 - scale * (y + high / 2)]]
    )
    mask = np.asarray(cv2.warpAffine(shape, move, (28, 28), flags=cv2.INTER_AREA))
    inside = (_texture, _stripes, _noise)[random.integers(3)](random, garment)
    return (inside * (mask / 255.0)).astype(np.uint8)


OOD_IMAGES: tuple[OODImage, ...] = (
    _noise, _texture, _stripes, _character, _character, _character, _torn, _patch, _patch,
)  # fmt: skip
