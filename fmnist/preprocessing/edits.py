"""Edits: what a person changes about a photo, and about its segmentation."""

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.segmentation import GARMENT, GROUND, Labels

Kind = Literal["garment", "ground", "box"]
Place = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """A stroke that says what is garment and what is not, or a box around the garment.

    Attributes:
        kind: "garment" and "ground" are painted; what lies outside the last "box" is ground.
        points: ``(x, y)`` of the places the brush went through, or of two opposite corners, as
            shares of the photo's width and height; 0 is left or top.
        width: of the brush, as a share of the photo's longest side.
    """

    kind: Kind
    points: tuple[Place, ...]
    width: float = 0.0


@dataclass(frozen=True)
class Edits:
    """How a photo is to be read; as it is until a person says otherwise.

    Attributes:
        marks: in the order they were made, on the photo as it arrived.
        turns: quarter turns clockwise.
        mirrored: whether left and right are exchanged, after turning.
        inverted: whether light and dark are: the data set's ground is black, so a photo is negated
            on its way, and what is bright on dark already would come out dark.
    """

    marks: tuple[Mark, ...] = ()
    turns: int = 0
    mirrored: bool = False
    inverted: bool = False

    @property
    def boxed(self) -> bool:
        """Whether a box says where the garment is."""
        return any(mark.kind == "box" for mark in self.marks)

    def rotate(self) -> "Edits":
        """Turn what is seen by 90 degrees clockwise."""
        return replace(self, turns=(self.turns + (-1 if self.mirrored else 1)) % 4)

    def mirror(self) -> "Edits":
        """Exchange left and right of what is seen."""
        return replace(self, mirrored=not self.mirrored)

    def invert(self) -> "Edits":
        """Exchange light and dark."""
        return replace(self, inverted=not self.inverted)

    def with_marks(self, marks: tuple[Mark, ...]) -> "Edits":
        """Put these marks in the place of all that were made."""
        return replace(self, marks=marks)

    def turn(self, picture: Picture) -> Picture:
        """Turn a picture of the photo's shape, uint8 ``(h, w)`` or ``(h, w, c)``, as is seen."""
        turned = np.rot90(picture, -self.turns)
        return np.ascontiguousarray(turned[:, ::-1] if self.mirrored else turned)

    def project(self, place: Place) -> Place:
        """Return where a place of the photo is seen, both as shares."""
        x, y = place
        for _ in range(self.turns):
            x, y = 1 - y, x
        return (1 - x if self.mirrored else x), y

    def unproject(self, place: Place) -> Place:
        """Return which place of the photo is seen here: the inverse of ``project``."""
        x, y = place
        x = 1 - x if self.mirrored else x
        for _ in range(self.turns):
            x, y = y, 1 - x
        return x, y

    def hints(self, shape: tuple[int, int]) -> Labels | None:
        """Paint the marks: uint8 ``(height, width)`` for a ``Segmenter``; None without marks."""
        if not self.marks:
            return None
        labels = np.zeros(shape, dtype=np.uint8)
        if boxes := [mark for mark in self.marks if mark.kind == "box"]:
            corners = np.clip(_pixels(boxes[-1], shape), 0, None)
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            labels[:] = GROUND
            labels[top:bottom, left:right] = 0
        for mark in self.marks:
            if mark.kind != "box":
                points = _pixels(mark, shape)
                # A touch without a move is one place; drawn twice it is a dot.
                line = points[[0, *range(len(points))]]
                brush = max(1, min(round(mark.width * max(shape)), max(shape)))
                label = GARMENT if mark.kind == "garment" else GROUND
                cv2.polylines(labels, [line], False, (label,), brush)
        return labels


def _pixels(mark: Mark, shape: tuple[int, int]) -> NDArray[np.int32]:
    """Return the points of a mark, ``(n, 2)``, x and y, in a picture of ``(height, width)``."""
    return np.rint(np.multiply(mark.points, shape[::-1])).astype(np.int32)


UNEDITED = Edits()
