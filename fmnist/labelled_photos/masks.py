"""Masks of photos: what each pixel shows, where several words for it may be right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fmnist.labelled_photos.folders import visible
from fmnist.labelled_photos.photo import is_held_out
from fmnist.labelled_photos.street import LABELS, is_street, read_mask, read_words
from fmnist.labelled_photos.words import NEITHER, OTHER_GARMENTS, classes_worn, plain
from fmnist.preprocessing import InputError, Picture

# uint16 (height, width): bit c is set where class c is right, the next one where it is a garment
# of none of the classes, and the one after that where it is no garment.
PixelSets = NDArray[np.uint16]


def set_of(outputs: Iterable[int]) -> np.uint16:
    """Write a set of what a pixel may be as a number."""
    return np.uint16(sum(1 << output for output in outputs))


@dataclass(frozen=True)
class MaskedPhoto:
    """A photo and its mask.

    Attributes:
        path: the photo's file.
        mask: the mask's, in which a pixel's value is the index of a word.
        sets: uint16 ``(256,)``, what a pixel of each value may be, see ``PixelSets``.
        held_out: whether it is to choose and measure by.
    """

    path: Path
    mask: Path
    sets: NDArray[np.uint16]
    held_out: bool

    def read(self) -> tuple[Picture, PixelSets]:
        """Read both: uint8 ``(height, width, 3)``, RGB, and ``PixelSets`` of the same size.

        Raises:
            InputError: if one cannot be read, or they differ in size.
        """
        try:
            with Image.open(self.path) as file:
                picture = np.asarray(file.convert("RGB"))
        except OSError as error:
            raise InputError(f"{self.path.name} cannot be read: {error}.") from error
        mask = read_mask(self.mask)
        if picture.shape[:2] != mask.shape:
            raise InputError(
                f"{self.path.name} has {picture.shape[1]} × {picture.shape[0]} pixels, and its "
                f"mask {mask.shape[1]} × {mask.shape[0]}. Expected as many."
            )
        return picture, self.sets[mask]


def masked_photos(root: Path, class_names: Sequence[str]) -> list[MaskedPhoto]:
    """List the photos with masks in a folder, or in the folders of sources in it.

    Raises:
        InputError: if there are none, or the words of the masks cannot be read.
    """
    folders = [root, *filter(Path.is_dir, visible(root))] if root.is_dir() else []
    found = [photo for folder in folders for photo in _in_folder(folder, class_names)]
    if not found:
        raise InputError(
            f"There are no photos with masks in {root}. Expected a folder with photos, masks of "
            f"the same names, {LABELS} with the words of the masks, and tags.csv."
        )
    return found


def _in_folder(folder: Path, class_names: Sequence[str]) -> Iterator[MaskedPhoto]:
    if not is_street(folder) or not (folder / "masks").is_dir():
        return
    sets = np.full(256, set_of({len(class_names) + 1}))
    for index, word in enumerate(read_words(folder / LABELS)):
        sets[index] = set_of(_outputs(word, class_names))
    photos = {path.stem: path for path in visible(folder / "photos")}
    for mask in visible(folder / "masks"):
        if mask.stem in photos:
            yield MaskedPhoto(photos[mask.stem], mask, sets, is_held_out(mask.stem))


def _outputs(word: str, class_names: Sequence[str]) -> Iterable[int]:
    """Tell what pixels under a word may be: a class, a garment of none, or no garment."""
    other = len(class_names)
    if worn := classes_worn(word, class_names):
        return worn
    if plain(word) in NEITHER:
        return range(other + 1)
    return {other} if plain(word) in OTHER_GARMENTS else {other + 1}
