"""What others reach on the same test images, and methods from before deep learning."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fmnist import settings


@dataclass(frozen=True)
class Published:
    """A figure that others have published.

    Attributes:
        name: what it was measured of.
        parameters: its weights; None where that is not known, or it is no model.
        accuracy: on the test images, 0–1; the highest of several.
        lowest: the lowest of several; None for a single figure.
        source: who says so, in words.
        url: where.
        note: what to know about it; may be empty.
    """

    name: str
    parameters: int | None
    accuracy: float
    lowest: float | None
    source: str
    url: str
    note: str

    @property
    def written(self) -> str:
        """The accuracy as it was published."""
        return f"{self.lowest:g}–{self.accuracy:g}" if self.lowest else f"{self.accuracy:g}"


def published(dataset: str) -> tuple[Published, ...]:
    """Return what is known for a data set, a key of ``DATASETS``, the lowest first."""
    text = Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    figures = [Published(**figure) for figure in json.loads(text).get(dataset, ())]
    return tuple(sorted(figures, key=lambda figure: figure.accuracy))


@dataclass(frozen=True)
class Classic:
    """A method on several data sets.

    Attributes:
        method: in words.
        accuracy: on the test images, 0–1, by the title of each data set.
        seconds: to train and to predict.
    """

    method: str
    accuracy: Mapping[str, float]
    seconds: float


# Training images of each data set, the same number of both, so that they compare.
CLASSIC_TRAINED_ON = 10_000


def classic() -> tuple[Classic, ...]:
    """Return what was measured; nothing where it was not."""
    table = settings.CLASSIC_BENCHMARK
    if not table.is_file():
        return ()
    return tuple(Classic(**row) for row in json.loads(table.read_text("utf-8"))["figures"])
