"""Masks: how well what is said of each pixel agrees with masks that people have made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fmnist.labelled_photos.masks import PixelSets, set_of

# A class with fewer pixels, of squares of 96×96, is measured by a corner of a photo or two.
MIN_PIXELS = 300


@dataclass(frozen=True)
class PixelEvaluation:
    """How far answers and masks cover the same pixels: intersections over unions, 0–1.

    Pixels under a word that stands for several classes count for a garment, and for no class.

    Attributes:
        class_names: the names of the classes.
        n: number of photos.
        garment: of one of the classes, against all else.
        worn: of any garment, one of none of the classes included, against all else.
        classes: of each class that has pixels enough, by name.
        pixels: how many the masks have of each.
    """

    class_names: tuple[str, ...]
    n: int
    garment: float
    worn: float
    classes: dict[str, float]
    pixels: dict[str, int]

    @classmethod
    def of(
        cls, probabilities: NDArray[np.floating], sets: PixelSets, class_names: Sequence[str]
    ) -> "PixelEvaluation":
        """Compare answers with masks.

        Args:
            probabilities: ``(n, height, width, num_classes + 2)``.
            sets: ``(n, height, width)``, what pixels show.
            class_names: the names of the classes.
        """
        answers, other = probabilities.argmax(axis=-1), len(class_names)
        of_classes = sets & set_of(range(other)) > 0
        # It may be a garment of the classes, or one of none: neither answer is wrong.
        either = of_classes & (sets & set_of({other}) > 0)
        worn = (of_classes | (sets & set_of({other}) > 0)) & (sets & set_of({other + 1}) == 0)
        several = sets & (sets - 1) > 0
        shares, pixels = {}, {}
        for index, name in enumerate(class_names):
            truth = sets == set_of({index})
            pixels[name] = int(truth.sum())
            if pixels[name] >= MIN_PIXELS:
                shares[name] = _iou((answers == index) & ~several, truth)
        return cls(
            tuple(class_names),
            len(sets),
            _iou((answers < other) & ~either, of_classes & ~either),
            _iou(answers <= other, worn),
            shares,
            pixels,
        )

    @property
    def mean(self) -> float:
        """The mean of the classes that could be measured; NaN without any."""
        return float(np.mean(list(self.classes.values()))) if self.classes else np.nan

    def metrics(self) -> dict[str, float]:
        """Return the figures by their names on a model's card, see ``Card``."""
        of_classes = {f"pixel_iou/{name}": share for name, share in self.classes.items()}
        return {
            "pixel_iou_garment": self.garment,
            "pixel_iou_worn": self.worn,
            "pixel_n": float(self.n),
            **of_classes,
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them; of a class without pixels enough None."""
        return {
            "n": self.n,
            "iou_garment": self.garment,
            "iou_worn": self.worn,
            "iou_mean_of_classes": self.mean,
            "iou": {name: self.classes.get(name) for name in self.class_names},
            "pixels": self.pixels,
        }

    def lines(self) -> Iterator[str]:
        """Say the figures in lines."""
        yield (
            f"{self.n:,} photos with masks, intersection over union: "
            f"a garment of the classes {self.garment:.3f}, any garment {self.worn:.3f}"
        )
        each = ", ".join(f"{name} {share:.2f}" for name, share in self.classes.items())
        yield f"  mean of {len(self.classes)} classes {self.mean:.3f}: {each}"
        if few := [name for name in self.class_names if name not in self.classes]:
            yield f"  too few pixels to measure: {', '.join(few)}"


def _iou(found: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    union = np.count_nonzero(found | truth)
    return np.count_nonzero(found & truth) / union if union else 1.0
