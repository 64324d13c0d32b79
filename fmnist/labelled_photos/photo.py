"""A labelled photo: a file, or a part of it, and the classes that are right for what it shows."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

# Top, left, bottom and right, the last two not included.
Box = tuple[int, int, int, int]

HELD_OUT_PERCENT = 12


@dataclass(frozen=True)
class LabelledPhoto:
    """A photo, or the part of one around a garment, and the classes that are right for it.

    Attributes:
        path: the file.
        name: the same from the root, with ``/``; of a part also ``#`` and its word. Unique.
        source: the first folder below the root, where the photo is from; "" if the root itself
            holds the folders of kinds. Parts of a source "street" are of the source
            "street boxes", for a garment cut out is another question than a person in the street.
        group: the name of its folder; of a part the word for the garment.
        classes: the indices of the classes that are right: one, several where each is fair, or
            none if it shows none of them.
        held_out: whether it is to choose and measure by, and not to train on.
        box: top, left, bottom and right of the garment, in the file's pixels; None for the whole
            photo.
        worn: whether the photo is of people and its classes are all that they wear, so that each
            is right at once, rather than what the one thing in it may be.
    """

    path: Path
    name: str
    source: str
    group: str
    classes: frozenset[int]
    held_out: bool
    box: Box | None = None
    worn: bool = False


def is_held_out(name: str, percent: int = HELD_OUT_PERCENT) -> bool:
    """Draw by a name, always alike, so that no list of what is held out need be kept."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % 100 < percent
