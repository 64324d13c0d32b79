"""Frames: photos decoded once to one size, so that an epoch waits for no JPEG."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from fmnist.labelled_photos import LabelledPhoto
from fmnist.preprocessing import Picture, decode
from fmnist.preprocessing.decode import MAX_PIXELS
from fmnist.storage import write_text

if TYPE_CHECKING:
    from fmnist.training.tasks.task import Tell

SIDE = 224  # of a frame, in pixels: enough to be zoomed into and shown at 192
KEPT_MARGIN = 0.35  # around a garment of a larger photo, a share of its box's longer side


class Frame(NamedTuple):
    """A photo, or the part of one around a garment, and where in it that garment is.

    Attributes:
        pixels: uint8 ``(height, width, 3)``, RGB, the longer side ``SIDE``.
        box: top, left, bottom and right of the garment, in pixels; all of the photo if not known.
    """

    pixels: Picture
    box: tuple[int, int, int, int]

    @property
    def is_whole(self) -> bool:
        """Whether the photo is about all that it shows."""
        return self.box == (0, 0, *self.pixels.shape[:2])

    def within(self, margin: float) -> Picture:
        """Cut the photo to its garment and a margin.

        Args:
            margin: a share of the box's longer side; no more than the photo has.

        Returns:
            uint8 ``(height, width, 3)``.
        """
        return _cut(self.pixels, self.box, margin)[0]


class Frames(Sequence[Frame]):
    """The frames of photos, in their order, in one file that is mapped into memory.

    Args:
        folder: where ``build`` wrote them.
    """

    def __init__(self, folder: Path) -> None:
        self._pixels = np.load(folder / _PIXELS, mmap_mode="r")
        self._places = np.load(folder / _PLACES)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> Frame:  # type: ignore[override]
        """Return the frame of one photo."""
        height, width, top, left, bottom, right = self._places[index].tolist()
        return Frame(self._pixels[index, :height, :width], (top, left, bottom, right))

    @classmethod
    def build(cls, photos: Sequence[LabelledPhoto], folder: Path, tell: "Tell") -> "Frames":
        """Decode photos into a folder, some 300 a second, or find that it has been done.

        Args:
            photos: which, in the order of the frames.
            folder: where to; 150 KB a photo.
            tell: is told how far it is.

        Raises:
            InputError: if a photo cannot be decoded.
            OSError: if one cannot be read, or the folder not be written.
        """
        names = json.dumps([photo.name for photo in photos])
        done = folder / "names.json"
        if done.exists() and done.read_text(encoding="utf-8") == names:
            return cls(folder)
        folder.mkdir(parents=True, exist_ok=True)
        done.unlink(missing_ok=True)
        shape = (len(photos), SIDE, SIDE, 3)
        pixels = np.lib.format.open_memmap(folder / _PIXELS, "w+", np.uint8, shape)
        places = np.zeros((len(photos), 6), np.int16)  # height, width, box
        for index, photo in enumerate(photos):
            if index % 100 == 0:
                tell(f"Decoding {len(photos):,} photos, {index / len(photos):.0%}")
            frame = _frame(photo)
            height, width, _ = frame.pixels.shape
            pixels[index, :height, :width] = frame.pixels
            places[index] = (height, width, *frame.box)
        pixels.flush()
        np.save(folder / _PLACES, places)
        write_text(done, names)  # last: so what a killed process has left is made anew
        return cls(folder)


_PIXELS, _PLACES = "pixels.npy", "places.npy"


def _frame(photo: LabelledPhoto) -> Frame:
    """Read a photo, or the part of it around its garment with a margin, at the size of a frame."""
    if photo.box is None:
        pixels = decode(photo.path.read_bytes(), photo.path.name)
        box = (0, 0, *pixels.shape[:2])
    else:
        # The box is in the file's pixels, so that it must not be reduced.
        whole = decode(photo.path.read_bytes(), photo.path.name, max_side=MAX_PIXELS)
        pixels, box = _cut(whole, photo.box, KEPT_MARGIN)
    scale = SIDE / max(pixels.shape[:2])
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(pixels, (width, height), interpolation=method), dtype=np.uint8)
    top, left, bottom, right = (round(number * scale) for number in box)
    return Frame(small, (top, left, bottom, right))


def _cut(
    pixels: Picture, box: tuple[int, int, int, int], margin: float
) -> tuple[Picture, tuple[int, int, int, int]]:
    """Cut a picture to a box and a margin; returns it, and where the box lies in it."""
    top, left, bottom, right = box
    space = round(margin * max(bottom - top, right - left))
    up, aside = max(0, top - space), max(0, left - space)
    cut = pixels[up : bottom + space, aside : right + space]
    return cut, (top - up, left - aside, bottom - up, right - aside)
