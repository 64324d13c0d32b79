"""What methods from before deep learning reach, as ``python -m benchmarks classic`` measured it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TABLE = Path(__file__).parents[2] / "benchmarks" / "classic.json"


@dataclass(frozen=True)
class Classic:
    """A method on several data sets.

    Attributes:
        method: in words.
        accuracy: on the test images, 0–1, by the title of each data set.
        seconds: to train and to answer.
    """

    method: str
    accuracy: Mapping[str, float]
    seconds: float


def classic() -> tuple[Classic, ...]:
    """Return what was measured; nothing where it was not."""
    if not _TABLE.is_file():
        return ()
    return tuple(Classic(**row) for row in json.loads(_TABLE.read_text("utf-8"))["figures"])
