"""What a data set is, whichever one it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

SplitName = Literal["train", "test"]

# Called with (bytes so far, bytes in all) while a file is downloaded.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Split:
    """One half of a data set, in memory and read-only.

    Attributes:
        images: uint8 ``(n, 28, 28)``, 0 background, 255 garment (or ink).
        labels: uint8 ``(n,)``, indices into ``Dataset.class_names``.
        source: where the files came from, in words for the interface.
        verified: whether the content is the publisher's, by SHA-256. Data that is sound but not
            the publisher's (a part of the data set, say) is used and said to be unverified.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    source: str
    verified: bool

    def __len__(self) -> int:
        return len(self.labels)
