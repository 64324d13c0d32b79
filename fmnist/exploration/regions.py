"""Regions of an embedding: what lies inside an outline, where a class is, which lie together."""

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fmnist.exploration.embedding import MAP_NAMES, SIDE, MapName, Points

# The plane is cut into this many squares a side to see how dense a class is where.
_CELLS = 48
_MOST_CORNERS = 1000
_CORNER = np.dtype("<u2")  # of x or y, in an address
_LABELS = 256  # as many as a byte can name


@dataclass(frozen=True)
class Region:
    """A line around points of a map, and of which classes those inside it are.

    Attributes:
        map: on which one.
        corners: x and y of each, 0–``SIDE``.
        only: labels of the classes that are meant; of all if there are none.
    """

    map: MapName
    corners: tuple[tuple[int, int], ...]
    only: tuple[int, ...] = ()

    @classmethod
    def of(cls, drawn: Any) -> "Region | None":
        """Read what a browser sent, which may be anything; None if it is no region."""
        try:
            corners = [(_on_map(x), _on_map(y)) for x, y in drawn["corners"]]
            only = sorted({int(label) for label in drawn["only"]})
            (name,) = (each for each in MAP_NAMES if each == drawn["map"])
        except (TypeError, ValueError, LookupError, OverflowError):
            return None
        if not 3 <= len(corners) <= _MOST_CORNERS:
            return None
        return cls(name, tuple(corners), tuple(label for label in only if 0 <= label < _LABELS))

    @classmethod
    def read(cls, text: str) -> "Region | None":
        """Read what ``as_text`` wrote; None if it is anything else."""
        try:
            name, only, corners = text.split("~")
            packed = np.frombuffer(base64.urlsafe_b64decode(corners), _CORNER).reshape(-1, 2)
        except ValueError:
            return None
        labels = filter(None, only.split("."))
        return cls.of({"map": name, "corners": packed.tolist(), "only": labels})

    def as_text(self) -> str:
        """Write it in so few letters that an address can hold it."""
        packed = base64.urlsafe_b64encode(np.array(self.corners, _CORNER).tobytes()).decode()
        return f"{self.map}~{'.'.join(map(str, self.only))}~{packed}"

    def mask(self, points: Points, labels: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Tell which images are meant, ``(n,)``.

        Args:
            points: ``(n, 2)``, where they lie on the map.
            labels: uint8 ``(n,)``.
        """
        found = inside(points, np.array(self.corners))
        return found & np.isin(labels, self.only) if self.only else found


def _on_map(value: Any) -> int:
    return min(max(round(float(value)), 0), SIDE)


def inside(points: Points, outline: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Tell which points lie inside an outline, by the even-odd rule.

    Args:
        points: ``(n, 2)``.
        outline: ``(corners, 2)``, closed by itself, on the same scale.

    Returns:
        ``(n,)``.

    Raises:
        ValueError: if it is no outline.
    """
    outline = np.asarray(outline, float)
    if outline.ndim != 2 or outline.shape[1] != 2 or not 3 <= len(outline) <= _MOST_CORNERS:
        raise ValueError(
            f"Expected an outline of 3 to {_MOST_CORNERS} corners, each with x and y; "
            f"received an array of shape {outline.shape}."
        )
    if not np.isfinite(outline).all():
        raise ValueError("Expected an outline of finite numbers; received one with others.")
    found = np.zeros(len(points), bool)
    # Far fewer are looked at closely than there are.
    low, high = outline.min(axis=0), outline.max(axis=0)
    (near,) = np.nonzero(((points >= low) & (points <= high)).all(axis=1))
    x, y = points[near].astype(float).T
    odd = np.zeros(len(near), bool)
    for (x0, y0), (x1, y1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if y0 != y1:
            crosses = (y0 > y) != (y1 > y)
            odd ^= crosses & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    found[near] = odd
    return found


def densities(points: Points, labels: NDArray[np.uint8], num_classes: int) -> NDArray[np.floating]:
    """Return the share of each class that lies in each square of the plane.

    Returns:
        ``(num_classes, 48, 48)``, over x and y; each class sums to 1.
    """
    cells = points.astype(int) * _CELLS // (SIDE + 1)
    place = (labels.astype(int) * _CELLS + cells[:, 0]) * _CELLS + cells[:, 1]
    counts = np.bincount(place, minlength=num_classes * _CELLS**2).astype(float)
    counts = counts.reshape(num_classes, _CELLS, _CELLS)
    return counts / np.maximum(counts.sum(axis=(1, 2), keepdims=True), 1)


def class_centres(density: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return where each class is densest, ``(num_classes, 2)``, on the scale of the points.

    The mean would not do: it may lie between two groups, where there is nothing.
    """
    padded = np.pad(density, ((0, 0), (1, 1), (1, 1)))
    shifted = [padded[:, x : x + _CELLS, y : y + _CELLS] for x in range(3) for y in range(3)]
    smooth = np.sum(shifted, axis=0).reshape(len(density), -1)
    places = np.stack(np.unravel_index(smooth.argmax(axis=1), (_CELLS, _CELLS)), axis=1)
    return (places + 0.5) * (SIDE + 1) / _CELLS


def overlaps(density: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return how much of each class lies where another does: 0 for nothing, 1 for all.

    It is the overlapping coefficient (Weitzman, 1970) of their densities.

    Returns:
        ``(num_classes, num_classes)``, symmetric, 0 on the diagonal.
    """
    n = len(density)
    shared = np.array(
        [[np.minimum(density[one], density[other]).sum() for other in range(n)] for one in range(n)]
    )
    np.fill_diagonal(shared, 0)
    return shared
