"""Drawings that show no garment: digits, letters, textures and noise, to be told from the ten.

They measure, and nothing is ever trained on them: what ``training`` makes up is made otherwise.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from string import ascii_letters

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from fmnist.datasets import DATASETS
from fmnist.preprocessing import Picture, drawing_to_image
from fmnist.preprocessing.strokes import CANVAS_SIDE as SIDE

Random = np.random.Generator


def strangers(kind: str, n: int, seed: int = 0) -> NDArray[np.uint8]:
    """Make drawings of a kind, as the model sees them.

    Args:
        kind: a key of ``STRANGERS``.
        n: how many.
        seed: decides which.

    Returns:
        uint8 ``(n, 28, 28)``, by way of ``drawing_to_image``.

    Raises:
        DataUnavailableError: for digits, if MNIST is not on this machine.
    """
    images = map(drawing_to_image, STRANGERS[kind](np.random.default_rng(seed)))
    # A canvas may come out blank.
    return np.stack(list(islice((image for image in images if image is not None), n)))


def _digits(random: Random) -> Iterator[Picture]:
    """Take MNIST's test images, enlarged to the canvas."""
    images = DATASETS["mnist"].load("test", download=False).images
    while True:
        digit = Image.fromarray(images[random.integers(len(images))])
        yield np.asarray(digit.resize((SIDE, SIDE), Image.Resampling.BICUBIC))


def _letters(random: Random) -> Iterator[Picture]:
    """Print one letter, large or small, somewhat askew."""
    while True:
        letter = ascii_letters[random.integers(len(ascii_letters))]
        canvas = Image.new("L", (SIDE, SIDE))
        ImageDraw.Draw(canvas).text(
            (SIDE / 2, SIDE / 2),
            letter,
            fill=255,
            font=ImageFont.load_default(random.uniform(120, 240)),
            anchor="mm",
            stroke_width=int(random.integers(0, 7)),
        )
        yield np.asarray(canvas.rotate(random.normal(0, 8), Image.Resampling.BICUBIC))


def _textures(random: Random) -> Iterator[Picture]:
    """Cover the canvas with dots, with bricks, with cells, with clouds, by turns."""
    y, x = np.mgrid[:SIDE, :SIDE]
    while True:
        period, turn = random.uniform(16, 70), random.uniform(0, np.pi)
        along = x * np.cos(turn) + y * np.sin(turn)
        across = y * np.cos(turn) - x * np.sin(turn)
        yield _gray(np.cos(2 * np.pi * along / period) + np.cos(2 * np.pi * across / period) > 0.5)
        row = np.floor(across / period)
        joints = np.minimum(across % period, (along + row % 2 * period) % (2 * period))
        yield _gray(joints > random.uniform(2, 0.3 * period))
        seeds = random.uniform(0, SIDE, (random.integers(12, 60), 2))
        away = np.sort(np.hypot(y - seeds[:, :1, None], x - seeds[:, 1:, None]), axis=0)
        yield _gray(away[1] - away[0])
        frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE), np.fft.rfftfreq(SIDE)))
        spectrum = np.fft.rfft2(random.normal(size=(SIDE, SIDE)))
        yield _gray(np.fft.irfft2(spectrum / np.maximum(frequency.T, 1 / SIDE) ** 1.5))


def _noise(random: Random) -> Iterator[Picture]:
    """Give every grain a value of its own: any gray, around a gray, or black and white."""
    while True:
        side = SIDE // random.choice([1, 2, 5, 10, 20])
        for grains in (
            random.random((side, side)),
            random.normal(0.5, random.uniform(0.05, 0.3), (side, side)).clip(0, 1),
            random.random((side, side)) < random.uniform(0.02, 0.5),
        ):
            enlarged = Image.fromarray(np.rint(255 * grains).astype(np.uint8))
            yield np.asarray(enlarged.resize((SIDE, SIDE), Image.Resampling.NEAREST))


def _gray(values: NDArray) -> Picture:
    """Stretch values from black to white."""
    above = values.astype(float) - values.min()
    return np.rint(255 * above / max(above.max(), 1e-9)).astype(np.uint8)


STRANGERS: dict[str, Callable[[Random], Iterator[Picture]]] = {
    "digits": _digits,
    "letters": _letters,
    "textures": _textures,
    "noise": _noise,
}
