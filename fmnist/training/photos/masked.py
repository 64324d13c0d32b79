"""Masked frames: photos with what each pixel shows, decoded once to one size.

People's masks are few. Where a photo shows one garment on a plain ground, the app's own way finds
it nearly always, and the folder says what it is; such photos teach what street photos lack.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from fmnist.inference.photo_model import PhotoModel
from fmnist.labelled_photos import LabelledPhoto
from fmnist.labelled_photos.masks import MaskedPhoto, PixelSets, set_of
from fmnist.labelled_photos.photo import is_held_out
from fmnist.preprocessing import InputError, Picture, Pipeline, decode_photo, preprocess_photo
from fmnist.training.photos.sampling import PEOPLE, kind_of_source

if TYPE_CHECKING:
    from fmnist.training.tasks.task import Tell

SIDE = 256  # of the longer side, in pixels
# How clearly a garment stands out, and what share of its photo it is, that its outline is believed.
_CLEAR, _SMALLEST = 0.93, 0.02
# Of a set of classes, from a shop.
_MOST = 170
# What a shop shows by itself; the other clothes are worn by people, who wear more than that.
_BY_THEMSELVES = {"Sandal", "Sneaker", "Ankle boot", "Bag"}
_WORN, _FLAT = 0, 1


class MaskedFrame(NamedTuple):
    """A photo, and what its pixels show.

    Attributes:
        pixels: uint8 ``(height, width, 3)``, RGB.
        sets: uint16 ``(height, width)``, see ``PixelSets``.
    """

    pixels: Picture
    sets: PixelSets


class MaskedFrames(Sequence[MaskedFrame]):
    """Masked frames in a folder, mapped into memory.

    Attributes:
        flat: bool ``(n,)``, which show garments on a ground and nobody who wears them.
    """

    def __init__(self, folder: Path) -> None:
        self._pixels = np.load(folder / "masked-pixels.npy", mmap_mode="r")
        self._sets = np.load(folder / "masked-sets.npy", mmap_mode="r")
        self._sizes = np.load(folder / "masked-sizes.npy")
        self.flat = self._sizes[:, 2] == _FLAT

    def __len__(self) -> int:
        return len(self._sizes)

    def __getitem__(self, index: int) -> MaskedFrame:  # type: ignore[override]
        """Return one frame."""
        height, width, _ = self._sizes[index]
        return MaskedFrame(self._pixels[index, :height, :width], self._sets[index, :height, :width])

    @classmethod
    def build(cls, reads: "Sequence[Read]", folder: Path, tell: "Tell") -> "MaskedFrames":
        """Read frames into a folder, or find that it has been done.

        Args:
            reads: each reads a frame and tells whether it is flat, or finds that it is of no use.
            folder: where to; 330 KB a photo.
            tell: is told how far it is.
        """
        if (folder / "masked-sizes.npy").exists():
            return cls(folder)
        folder.mkdir(parents=True, exist_ok=True)
        most = len(reads), SIDE, SIDE
        create = np.lib.format.open_memmap
        pixels = create(folder / "masked-pixels.npy", "w+", np.uint8, (*most, 3))
        sets = create(folder / "masked-sets.npy", "w+", np.uint16, most)
        sizes: list[tuple[int, int, int]] = []
        with ThreadPoolExecutor() as pool:
            for index, found in enumerate(pool.map(lambda read: read(), reads)):
                if index % 50 == 0:
                    tell(f"Outlining {len(reads):,} photos, {index / len(reads):.0%}")
                if found is None:
                    continue
                (picture, there), flat = found
                height, width = there.shape
                pixels[len(sizes), :height, :width] = picture
                sets[len(sizes), :height, :width] = there
                sizes.append((height, width, _FLAT if flat else _WORN))
        pixels.flush()
        sets.flush()
        np.save(folder / "masked-sizes.npy", np.array(sizes, np.int16).reshape(-1, 3))
        return cls(folder)


# Reads a frame, and whether it is flat; None if it is of no use.
Read = Callable[[], tuple[MaskedFrame, bool] | None]


def by_people(photo: MaskedPhoto) -> tuple[MaskedFrame, bool]:
    """Read a photo with a mask that people have made."""
    return reduced(*photo.read()), False


def worth_outlining(photos: Sequence[LabelledPhoto]) -> list[LabelledPhoto]:
    """Choose the photos of one garment that are not held out; of a shop, so many of each class."""
    chosen, of_a_shop = [], dict[frozenset[int], int]()
    for photo in photos:
        if photo.held_out or photo.worn or photo.box or not photo.classes:
            continue
        if kind_of_source(photo) != PEOPLE:
            # Drawn by their names, about so many as are wanted and alike in every folder.
            seen = of_a_shop.setdefault(photo.classes, 0)
            if seen >= _MOST or not is_held_out(photo.name, 40):
                continue
            of_a_shop[photo.classes] += 1
        chosen.append(photo)
    return chosen


def by_the_app(
    photo: LabelledPhoto, model: PhotoModel, pipeline: Pipeline, class_names: Sequence[str]
) -> tuple[MaskedFrame, bool] | None:
    """Outline the garment in a photo as the app does; None where that may have failed."""
    try:
        picture = decode_photo(photo.path.read_bytes(), photo.name)
    except InputError:
        return None
    if picture.shape[2] == 4:
        return None
    made = preprocess_photo(picture, pipeline)
    found, outputs = made.segmentation, model.outputs(made.model_inputs)
    if found.confidence <= _CLEAR or found.left_out or found.mask.mean() < 255 * _SMALLEST:
        return None
    # Where its name is not plain to see, its place may not be either.
    if outputs is None or int(outputs[: len(class_names)].argmax()) not in photo.classes:
        return None
    shown_alone = {class_names.index(name) for name in _BY_THEMSELVES if name in class_names}
    flat = kind_of_source(photo) == PEOPLE or photo.classes <= shown_alone
    own, ground = set_of(photo.classes), set_of({len(class_names) + 1})
    anything_else = set_of(range(len(class_names) + 2)) & ~own
    sets = np.where(found.mask > 127, own, ground if flat else anything_else)
    return reduced(picture, sets.astype(np.uint16)), flat


def outlining(
    photos: Sequence[LabelledPhoto], model: PhotoModel, pipeline: Pipeline, names: Sequence[str]
) -> list[Read]:
    """Return what outlines each of these photos as the app does."""
    return [partial(by_the_app, photo, model, pipeline, names) for photo in photos]


def reduced(picture: Picture, sets: PixelSets) -> MaskedFrame:
    """Bring a photo and what its pixels show to the size of a frame."""
    height, width = sets.shape
    scale = SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    pixels = cv2.resize(picture, size, interpolation=method)
    small = cv2.resize(sets, size, interpolation=cv2.INTER_NEAREST)
    return MaskedFrame(np.asarray(pixels, np.uint8), np.asarray(small, np.uint16))
