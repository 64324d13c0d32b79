"""Perturbation: an image changed little by little, and what the model then says.

To add one: write a function from an image and a strength, and add it to ``PERTURBATIONS``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.inference.classifier import Classifier

Image = NDArray[np.uint8]

_TRIED = 12  # strengths of each, in each direction, to find the smallest that flips an answer
# How many strengths of each kind are tried in a round: 9 kinds make a batch of 36.
_AT_ONCE = 4


@dataclass(frozen=True)
class Perturbation:
    """A change of an image, of a strength.

    Attributes:
        title: what it is called.
        apply: from uint8 ``(28, 28)`` and a strength to the like; ``none`` changes nothing.
        low: the least strength.
        high: the greatest.
        none: the strength that changes nothing.
        step: from one strength to the next, on a slider.
        unit: of the strength, as written behind the number.
        backwards: what it is called with a strength below zero, if otherwise.
    """

    title: str
    apply: Callable[[Image, float], Image]
    low: float
    high: float
    none: float
    step: float
    unit: str = ""
    backwards: str = ""

    def written(self, strength: float) -> str:
        """Say in words what it does with some strength: ``Shift left 2 pixels``."""
        turned = strength < 0 and self.backwards
        digits = 2 if abs(strength) < 100 else 3
        number = f"{-strength if turned else strength:.{digits}g}".replace("-", "−")
        joint = "" if self.unit in ("°", "×") else " "
        return f"{self.backwards if turned else self.title} {number}{joint}{self.unit}"


class Flip(NamedTuple):
    """The smallest change of a kind that gives another answer."""

    name: str
    strength: float
    image: Image
    label: int


def _moved(image: Image, matrix: Any) -> Image:
    side = image.shape[::-1]
    return np.asarray(cv2.warpAffine(image, matrix, side, flags=cv2.INTER_LINEAR), np.uint8)


def _shift_right(image: Image, pixels: float) -> Image:
    return _moved(image, np.array([[1, 0, pixels], [0, 1, 0]], np.float64))


def _shift_down(image: Image, pixels: float) -> Image:
    return _moved(image, np.array([[1, 0, 0], [0, 1, pixels]], np.float64))


def _turn(image: Image, degrees: float) -> Image:
    return _moved(image, cv2.getRotationMatrix2D((13.5, 13.5), -degrees, 1))


def _scale(image: Image, factor: float) -> Image:
    return _moved(image, cv2.getRotationMatrix2D((13.5, 13.5), 0, factor))


def _blur(image: Image, sigma: float) -> Image:
    return image if sigma <= 0 else np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)


def _noise(image: Image, deviation: float) -> Image:
    random = np.random.default_rng(0)  # the same noise, only stronger
    noisy = image + random.normal(0, 1, image.shape) * deviation
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def _erase(image: Image, side: float) -> Image:
    half, erased = side / 2, image.copy()
    centre = (image.shape[0] - 1) / 2
    inside = np.abs(np.arange(image.shape[0]) - centre) < half
    erased[np.ix_(inside, inside)] = 0
    return erased


def _brightness(image: Image, factor: float) -> Image:
    return np.clip(np.rint(image * factor), 0, 255).astype(np.uint8)


def _contrast(image: Image, factor: float) -> Image:
    mean = image.mean()
    return np.clip(np.rint(mean + (image - mean) * factor), 0, 255).astype(np.uint8)


PERTURBATIONS: dict[str, Perturbation] = {
    "right": Perturbation("Shift right", _shift_right, -8, 8, 0, 1, "pixels", "Shift left"),
    "down": Perturbation("Shift down", _shift_down, -8, 8, 0, 1, "pixels", "Shift up"),
    "turn": Perturbation("Rotation", _turn, -90, 90, 0, 5, "°"),
    "scale": Perturbation("Scale", _scale, 0.4, 1.6, 1, 0.05, "×"),
    "blur": Perturbation("Blur", _blur, 0, 4, 0, 0.25, "pixels"),
    "noise": Perturbation("Noise", _noise, 0, 100, 0, 5, "of 255"),
    "erase": Perturbation("Erasing", _erase, 0, 20, 0, 2, "pixels"),
    "brightness": Perturbation("Brightness", _brightness, 0.2, 2.0, 1, 0.1, "×"),
    "contrast": Perturbation("Contrast", _contrast, 0.1, 1.9, 1, 0.1, "×"),
}


def perturb(image: Image, strengths: dict[str, float]) -> Image:
    """Apply several changes, in the order of ``PERTURBATIONS``."""
    for name, perturbation in PERTURBATIONS.items():
        strength = strengths.get(name, perturbation.none)
        if strength != perturbation.none:
            image = perturbation.apply(image, strength)
    return image


def smallest_flips(classifier: Classifier, image: Image) -> list[Flip]:
    """Find for each kind of change the smallest one that gives another answer.

    Args:
        classifier: of gray images.
        image: uint8 ``(28, 28)``.

    Returns:
        Those kinds that flip the answer at all, in the order of ``PERTURBATIONS``; of both
        directions the smaller change, as a share of what a slider allows.
    """
    strengths = {name: _strengths(each) for name, each in PERTURBATIONS.items()}
    answer = int(classifier.predict_proba(image[None])[0].argmax())
    flips: dict[str, Flip] = {}
    # What flips early needs no stronger change, and most kinds do.
    for start in range(0, max(map(len, strengths.values())), _AT_ONCE):
        tried = [
            (name, strength)
            for name, each in strengths.items()
            for strength in each[start : start + _AT_ONCE]
            if name not in flips
        ]
        if not tried:
            break
        images = np.stack([PERTURBATIONS[name].apply(image, strength) for name, strength in tried])
        labels = classifier.predict_proba(images).argmax(axis=1)
        for (name, strength), changed, label in zip(tried, images, labels, strict=True):
            if label != answer and name not in flips:
                flips[name] = Flip(name, strength, changed, int(label))
    return [flips[name] for name in PERTURBATIONS if name in flips]


def _strengths(perturbation: Perturbation) -> Sequence[float]:
    """List strengths, those nearest to no change first."""
    strengths = np.linspace(perturbation.low, perturbation.high, 2 * _TRIED + 1)
    changes = strengths[~np.isclose(strengths, perturbation.none)]
    return sorted(changes.tolist(), key=lambda strength: abs(strength - perturbation.none))
