"""The bounds of what is there in a mask."""

import numpy as np
from numpy.typing import NDArray

# Top, left, bottom and right, the last two not included.
Bounds = tuple[int, int, int, int]


def bounds(there: NDArray[np.bool_]) -> Bounds:
    """Return the smallest box around what is there, bool ``(height, width)``, which is something.

    Raises:
        IndexError: if nothing is there.
    """
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def around(there: NDArray[np.bool_], margin: float) -> tuple[slice, slice]:
    """Return the rows and columns around what is there, as far as the mask reaches.

    Args:
        there: as ``bounds`` takes it.
        margin: a share of the box's longer side.
    """
    top, left, bottom, right = bounds(there)
    space = round(margin * max(bottom - top, right - left))
    return (
        slice(max(0, top - space), bottom + space),
        slice(max(0, left - space), right + space),
    )
