"""What a step on the way from a photo to 28×28 is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Step:
    """One pure step: a picture in, a new picture out, nothing else read or changed.

    Attributes:
        title: what the step does, in two or three words for the strip of pictures on the page.
        apply: takes uint8 ``(height, width, 3)`` or ``(height, width)`` and returns the same kind.
    """

    title: str
    apply: Callable[[Picture], Picture]
