"""``python -m benchmarks.before_and_after``: the README's picture, from the example photos.

Each photo as everybody first shows it to a network of the course, and as ours shows it.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.folders import CLASS_NAMES, PLAIN, default, ensemble
from benchmarks.photos import shrink
from fmnist import settings
from fmnist.labelled_photos.words import classes_of
from fmnist.preprocessing import FILE_TYPES, Picture, decode, preprocess_photo

_PAPER, _INK, _PALE, _RIGHT, _WRONG = "#fcfbf9", "#24272d", "#7d7a75", "#3d5f96", "#b5473a"
# Pixels of the file, which is shown at half its size.
_TILE, _GAP, _MARGIN, _LABELS, _LINE = 280, 32, 48, 260, 76


def main() -> None:
    """Draw the picture and write it to ``docs/``."""
    pictures = (p for p in (settings.EXAMPLES / "clothes").iterdir() if p.suffix[1:] in FILE_TYPES)
    # Those of one thing, which are called what it is.
    paths = sorted(p for p in pictures if classes_of(p.stem, CLASS_NAMES))
    width = 2 * _MARGIN + _LABELS + len(paths) * (_TILE + _GAP) - _GAP
    rows = [_MARGIN, _MARGIN + _TILE + _GAP, _MARGIN + 2 * (_TILE + _GAP) + _LINE]
    sheet = Image.new("RGB", (width, rows[-1] + _TILE + _LINE + _GAP), _PAPER)
    pen = ImageDraw.Draw(sheet)
    labels = (
        ("The picture", ""),
        ("Only shrunk", f"{PLAIN} says"),
        ("Our steps", "both models say"),
    )
    for top, (title, speaker) in zip(rows, labels, strict=True):
        _write(pen, (_MARGIN, top + _TILE / 2), title, 34, _INK, "lm")
        _write(pen, (_MARGIN, top + _TILE + _LINE / 2 - 6), speaker, 28, _PALE, "lm")
    for column, path in enumerate(paths):
        left = _MARGIN + _LABELS + column * (_TILE + _GAP)
        photo = decode(path.read_bytes(), path.name)
        _show(sheet, (left, rows[0]), _square(photo), Image.Resampling.LANCZOS)
        naive, ours = (
            (PLAIN, shrink(photo), False),
            (default(), preprocess_photo(photo, ensemble(default()).pipeline).model_inputs, True),
        )
        for top, (model, inputs, flips) in zip(rows[1:], (naive, ours), strict=True):
            _show(sheet, (left, top), inputs.image, Image.Resampling.NEAREST)
            probabilities = ensemble(model, flips=flips).predict(inputs).probabilities
            first = int(probabilities.argmax())
            right = first in (classes_of(path.stem, CLASS_NAMES) or ())
            place = (left + _TILE / 2, top + _TILE + _LINE / 2 - 6)
            said = f"{CLASS_NAMES[first]}, {100 * probabilities[first]:.0f} %"
            _write(pen, place, said, 30, _RIGHT if right else _WRONG, "mm")
    sheet.save(settings.ROOT / "docs" / "before-and-after.png", optimize=True)


def _square(photo: Picture) -> NDArray[np.uint8]:
    """Cut the middle out."""
    side = min(photo.shape[:2])
    top, left = (photo.shape[0] - side) // 2, (photo.shape[1] - side) // 2
    return photo[top : top + side, left : left + side]


def _show(
    sheet: Image.Image,
    place: tuple[int, int],
    picture: Picture,
    resampling: Image.Resampling,
) -> None:
    """Put a picture into a square with round corners."""
    tile = Image.fromarray(picture).convert("RGB").resize((_TILE, _TILE), resampling)
    mask = Image.new("L", (4 * _TILE, 4 * _TILE))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 4 * _TILE - 1, 4 * _TILE - 1), 72, fill=255)
    sheet.paste(tile, place, mask.reduce(4))


def _write(
    pen: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    size: int,
    colour: str,
    anchor: str,
) -> None:
    pen.text(place, text, fill=colour, font=ImageFont.load_default(size), anchor=anchor)


if __name__ == "__main__":
    main()
