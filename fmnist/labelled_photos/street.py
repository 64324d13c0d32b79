"""Photos of people in the street: tags say what each wears, masks where it is.

The layout of Clothing Co-Parsing (Yang, Luo and Lin, "Clothing Co-Parsing by Joint Image
Segmentation and Labeling", CVPR 2014) as one folder: ``photos``; ``tags.csv`` with the columns
``photo``, a file's name without its ending, and ``tags``, words; and, for some of the photos,
``masks`` of the same names, PNG, where a pixel's value is the index of a word in ``labels.json``.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fmnist.labelled_photos.folders import visible
from fmnist.labelled_photos.photo import Box, LabelledPhoto, is_held_out
from fmnist.labelled_photos.shoe_kinds import read_table
from fmnist.labelled_photos.words import classes_worn
from fmnist.preprocessing import InputError
from fmnist.preprocessing.bounds import bounds

TAGS, LABELS = "tags.csv", "labels.json"
# Of a garment, in photos whose longest side is 384; fewer pixels show a corner of it.
MIN_PIXELS = 200
# The boxes around other things that are none of the ten show the garments beside them: of a scarf,
# the coat.
_SHOWN_ALONE = frozenset({"hat", "skirt", "shorts", "sunglasses", "hair"})


def is_street(folder: Path) -> bool:
    """Tell this layout by its table of tags."""
    return (folder / TAGS).is_file()


def street_photos(
    root: Path, folder: Path, source: str, class_names: Sequence[str]
) -> Iterator[LabelledPhoto]:
    """Yield each photo whole, with all that is worn; then of each mask the boxes of its garments.

    Args:
        root: what the names of photos are from.
        folder: holds the layout.
        source: what the photos are of; the boxes are of ``<source> boxes``.
        class_names: the names of the classes.

    Raises:
        InputError: if the tags, a mask or its words cannot be read.
    """
    files = {path.stem: path for path in visible(folder / "photos")}
    for stem, tags in read_table(folder / TAGS, "photo", "tags"):
        worn = frozenset[int]().union(*(classes_worn(tag, class_names) for tag in tags.split()))
        if worn and stem in files:
            path = files[stem]
            name = path.relative_to(root).as_posix()
            held_out = is_held_out(stem)
            yield LabelledPhoto(path, name, source, path.parent.name, worn, held_out, worn=True)
    if not (folder / "masks").is_dir():
        return
    words = read_words(folder / LABELS)
    for mask in visible(folder / "masks"):
        if mask.stem in files:
            path = files[mask.stem]
            name = path.relative_to(root).as_posix()
            for word, box in _boxes(mask, words):
                right = classes_worn(word, class_names)
                if right or word in _SHOWN_ALONE:
                    yield LabelledPhoto(
                        path,
                        f"{name}#{word}",
                        f"{source} boxes".strip(),
                        word,
                        right,
                        is_held_out(mask.stem),
                        box,
                    )


def read_words(path: Path) -> list[str]:
    """Read the words of masks, by the values of their pixels.

    Raises:
        InputError: if they cannot be read.
    """
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}, the words of the masks, cannot be read: {error}.") from error
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise InputError(f"{path} is not a list of words, one for each value of the masks' pixels.")
    return words


def read_mask(path: Path) -> NDArray[np.uint8]:
    """Read a mask, uint8 ``(height, width)``.

    Raises:
        InputError: if it cannot be read.
    """
    try:
        with Image.open(path) as file:
            return np.asarray(file.convert("L"))
    except OSError as error:
        raise InputError(f"{path} cannot be read as a mask: {error}.") from error


def _boxes(path: Path, words: Sequence[str]) -> Iterator[tuple[str, Box]]:
    """Yield the words of a mask, each with its box, of which there is enough to be seen."""
    mask = read_mask(path)
    pixels = np.bincount(mask.reshape(-1), minlength=len(words))
    if pixels[len(words) :].any():
        raise InputError(
            f"{path} has pixels of {mask.max()}, but {LABELS} has words for 0 to {len(words) - 1} "
            "alone. Expected the list that belongs to these masks."
        )
    for value in np.flatnonzero(pixels >= MIN_PIXELS).tolist():
        yield words[value], bounds(mask == value)
