"""Robustness: accuracy on test images that are changed, more and more.

After Hendrycks and Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions and
Perturbations", ICLR 2019: every kind of change at five strengths.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.perturbation import PERTURBATIONS, Perturbation
from fmnist.inference.classifier import Classifier
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.storage import replacing

STRENGTHS = 5


@dataclass(frozen=True)
class Robustness:
    """How many images a model gets right, changed and unchanged.

    Attributes:
        accuracies: by the name of a perturbation, six shares of 0–1: of the unchanged images, and
            at strengths 1 to 5.
        n: how many images.
    """

    accuracies: dict[str, list[float]]
    n: int

    @classmethod
    def read(cls, path: Path, twin: str) -> "Robustness | None":
        """Read what ``write`` kept of a model, by its twin's SHA-256; None if it is of another."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            accuracies = {
                name: [float(share) for share in kept["accuracies"][name]] for name in PERTURBATIONS
            }
            found, n = kept["twin"], int(kept["n"])
        except (OSError, ValueError, LookupError, TypeError):
            return None
        whole = all(len(shares) == 1 + STRENGTHS for shares in accuracies.values())
        return cls(accuracies, n) if whole and found == twin else None

    def write(self, path: Path, key: OutputsKey) -> None:
        """Keep it in a file, with the model and the images that it is of."""
        kept = {**key._asdict(), "n": self.n, "accuracies": self.accuracies}
        with replacing(path) as temporary:
            temporary.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def strength(perturbation: Perturbation, step: int, place: int) -> float:
    """Return how strongly an image is changed.

    Args:
        perturbation: what changes it. Where it goes two ways, as left and right, every other image
            goes the other way.
        step: 0, unchanged, to 5, as far as a slider goes.
        place: of the image.
    """
    two_ways = perturbation.low < perturbation.none < perturbation.high
    end = perturbation.low if two_ways and place % 2 else perturbation.high
    return perturbation.none + (end - perturbation.none) * step / STRENGTHS


def changed(images: NDArray[np.uint8], name: str, step: int) -> NDArray[np.uint8]:
    """Change images, uint8 ``(n, 28, 28)``, by a perturbation of this name and step of 0–5."""
    perturbation = PERTURBATIONS[name]
    if step == 0:
        return images
    return np.stack(
        [
            perturbation.apply(image, strength(perturbation, step, place))
            for place, image in enumerate(images)
        ]
    )


def measure_robustness(
    classifier: Classifier,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    progress: Callable[[float], object] = lambda share: None,
) -> Robustness:
    """Measure a model on changed images, from one side as it was trained.

    Args:
        classifier: of gray images.
        images: uint8 ``(n, 28, 28)``.
        labels: theirs, uint8 ``(n,)``.
        progress: called with the share done, 0–1.
    """

    def accuracy(seen: NDArray[np.uint8]) -> float:
        return round(float((classifier.predict_proba(seen).argmax(axis=1) == labels).mean()), 4)

    unchanged = accuracy(images)
    accuracies: dict[str, list[float]] = {}
    for place, name in enumerate(PERTURBATIONS):
        accuracies[name] = [
            unchanged,
            *(accuracy(changed(images, name, step)) for step in range(1, 1 + STRENGTHS)),
        ]
        progress((place + 1) / len(PERTURBATIONS))
    return Robustness(accuracies, len(images))
