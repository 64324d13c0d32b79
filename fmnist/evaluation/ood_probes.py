"""OOD probes: drawings that show no garment, and how well they are told from the ten."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from string import ascii_letters
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from fmnist.datasets import DATASETS, DataUnavailableError
from fmnist.evaluation.metrics import auroc, or_none, written
from fmnist.inference.classifier import Classifier
from fmnist.preprocessing import Picture, drawing_to_image
from fmnist.preprocessing.strokes import CANVAS_SIDE as SIDE
from fmnist.training.synthetic.icons import IconsUnavailableError, load_icons
from fmnist.training.synthetic.pen import draw

Random = np.random.Generator


def ood_probes(kind: str, n: int, seed: int = 0) -> NDArray[np.uint8]:
    """Make drawings of a kind, as the model sees them.

    Args:
        kind: a key of ``OOD_PROBES``.
        n: how many.
        seed: decides which.

    Returns:
        uint8 ``(n, 28, 28)``, by ``drawing_to_image``.

    Raises:
        DataUnavailableError: for digits, if MNIST is not on this machine.
        IconsUnavailableError: for icons, if they are not here and cannot be fetched.
    """
    images = map(drawing_to_image, OOD_PROBES[kind](np.random.default_rng(seed)))
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


def _icons(random: Random) -> Iterator[Picture]:
    """Draw icons of the sets held out, as people would."""
    icons = load_icons(held_out=True)
    while True:
        yield draw(icons.other(random), random)


def _gray(values: NDArray) -> Picture:
    """Stretch values from black to white."""
    above = values.astype(float) - values.min()
    return np.rint(255 * above / max(above.max(), 1e-9)).astype(np.uint8)


OOD_PROBES: dict[str, Callable[[Random], Iterator[Picture]]] = {
    "digits": _digits,
    "letters": _letters,
    "textures": _textures,
    "noise": _noise,
    "icons": _icons,
}


_N = 100  # of each kind that is made up


@dataclass(frozen=True)
class OODReport:
    """How well probes are told from the classes by their OOD score, for people and as JSON.

    Attributes:
        probes: for each kind of probe the OOD scores, float ``(n,)``.
        in_distribution: for what they are told from, "drawings" and "test_images", float ``(m,)``.
        left_out: a sentence for each kind that is not on this machine.
    """

    probes: Mapping[str, NDArray[np.floating]]
    in_distribution: Mapping[str, NDArray[np.floating]]
    left_out: list[str]

    def auroc(self, kind: str, against: str) -> float:
        """Return the AUROC of a kind, or of "all": the mean, so that each counts the same."""
        kinds = self.probes if kind == "all" else [kind]
        return float(np.mean([auroc(self.probes[k], self.in_distribution[against]) for k in kinds]))

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them; None where there is nothing to tell from."""
        figures = {
            kind: {"n": n}
            | {f"auroc_against_{name}": or_none(x) for name, x in self._row(kind).items()}
            for kind, n in self._kinds()
        }
        return figures | {"left_out": self.left_out}

    def metrics(self) -> dict[str, float]:
        """Return all kinds' AUROC against drawings by its name on a model's card."""
        metrics = {
            f"drawing_auroc_{kind}": self.auroc(kind, "drawings") for kind, _ in self._kinds()
        }
        metrics["drawing_auroc"] = metrics.pop("drawing_auroc_all")
        return {name: x for name, x in metrics.items() if not math.isnan(x)}

    def lines(self) -> Iterator[str]:
        """Say the figures in a table, a line for each kind."""
        yield "None of the classes, told by the OOD score; AUROC against " + ", ".join(
            name.replace("_", " ") for name in self.in_distribution
        )
        for kind, n in self._kinds():
            yield f"  {kind:8}  {n:5,}  {'  '.join(map(written, self._row(kind).values()))}"
        yield from self.left_out

    def _kinds(self) -> list[tuple[str, int]]:
        kinds = [(kind, len(scores)) for kind, scores in self.probes.items()]
        return [*kinds, ("all", sum(n for _, n in kinds))]

    def _row(self, kind: str) -> dict[str, float]:
        return {name: self.auroc(kind, name) for name in self.in_distribution}


def measure_ood(
    classifier: Classifier,
    things: NDArray[np.floating],
    in_distribution: Mapping[str, NDArray[np.floating]],
    *,
    flips: bool,
) -> OODReport:
    """Show a classifier as much of each kind of probe.

    Args:
        classifier: who predicts.
        things: OOD scores of drawings of other things, float ``(n,)``; n may be 0.
        in_distribution: see ``OODReport``.
        flips: whether it looks from both sides, as it did at the others.
    """
    probes = {"things": things} if len(things) else {}
    left_out = []
    for kind in OOD_PROBES:
        try:
            _, probes[kind] = classifier.predict(ood_probes(kind, _N), flips=flips)
        except DataUnavailableError:
            left_out.append(f"Without {kind}: MNIST is not on this machine.")
        except IconsUnavailableError as error:
            left_out.append(f"Without {kind}. {error}")
    return OODReport(probes, in_distribution, left_out)
