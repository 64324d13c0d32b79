"""Material to mix into a data set: photos, drawings and images of other things."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing import drawing_to_image
from fmnist.storage import replacing
from fmnist.training.synthetic import ood_symbols, symbols
from fmnist.training.synthetic.icons import Icons
from fmnist.training.synthetic.ood_images import make_ood_image
from fmnist.training.synthetic.pen import outline, sketch

DRAWINGS, SYMBOLS, OOD_IMAGES = 12000, 24000, 36000
# Of the symbols, for there are but a hundred icons of garments, and people draw unlike them.
_ICON_SHARE = 0.25


@dataclass(frozen=True)
class Material:
    """Images of one kind, each with the classes that are right for it.

    Attributes:
        images: uint8 ``(n, 28, 28)``.
        targets: float32 ``(n, num_classes + 1)``, 1 for each right class; the last one is "none".
        weights: float64 ``(n,)``, how often each is drawn; they sum to 1.
    """

    images: NDArray[np.uint8]
    targets: NDArray[np.float32]
    weights: NDArray[np.float64]


def targets(sets: Sequence[frozenset[int]], num_classes: int) -> NDArray[np.float32]:
    """Write sets of right classes as rows of 0 and 1; an empty set is the last column."""
    rows = np.zeros((len(sets), num_classes + 1), np.float32)
    for row, right in zip(rows, sets, strict=True):
        row[list(right) or [num_classes]] = 1
    return rows


def balanced(images: NDArray[np.uint8], rows: NDArray[np.float32]) -> Material:
    """Weigh images so that each set of right classes is drawn as often as any other."""
    _, kinds, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    weights = 1 / counts[kinds.reshape(-1)]
    return Material(images, rows, weights / weights.sum())


def drawing_material(
    examples: tuple[NDArray[np.uint8], NDArray[np.float32]],
    random: np.random.Generator,
    n: tuple[int, int] = (DRAWINGS, SYMBOLS),
    icons: Icons | None = None,
) -> Material:
    """Draw the garments of images, and the symbols that people draw instead.

    Args:
        examples: images, uint8 ``(m, 28, 28)``, and their targets.
        random: decides what is drawn and how badly.
        n: how many images and how many symbols, of which a few may come out blank.
        icons: those of garments are a part of the symbols; None for none.
    """
    images, rows = examples
    made: list[tuple[NDArray[np.uint8], NDArray[np.float32]]] = []
    for place in random.choice(len(images), n[0]):
        drawn = sketch(outline(images[place], random), random)
        if drawn is not None:
            made.append((drawn, rows[place]))
    for number in range(n[1]):
        if icons and random.random() < _ICON_SHARE:
            lines, right = icons.garment(random)
        else:
            symbol, classes = symbols.GARMENTS[number % len(symbols.GARMENTS)]
            lines, right = symbol(random), frozenset(classes)
        drawn = sketch(lines, random)
        if drawn is not None:
            made.append((drawn, targets([right], rows.shape[1] - 1)[0]))
    return balanced(np.stack([image for image, _ in made]), np.stack([row for _, row in made]))


def ood_material(
    images: NDArray[np.uint8],
    num_classes: int,
    random: np.random.Generator,
    n: int = OOD_IMAGES,
    icons: Icons | None = None,
) -> Material:
    """Make images that show none of the classes.

    Args:
        images: of garments, uint8 ``(m, 28, 28)``, some of which are torn.
        num_classes: how many classes there are.
        random: decides what is made.
        n: how many, of which a few may come out blank.
        icons: with them, half are icons, drawn, a quarter the symbols of things that people draw,
            and a quarter noise, textures, letters, …; without them the latter two are half each.
    """
    made = list(_ood_images(images, random, n, icons))
    return balanced(np.stack(made), targets([frozenset()] * len(made), num_classes))


def _ood_images(
    images: NDArray[np.uint8], random: np.random.Generator, n: int, icons: Icons | None
) -> Iterator[NDArray[np.uint8]]:
    for number in range(n):
        if icons and number % 4 < 2:
            lines = icons.other(random)
        elif number % 2:
            image = make_ood_image(random, images[random.integers(len(images))])
            yield image if random.random() < 0.5 else _as_if_drawn(image, random)
            continue
        else:
            symbol = ood_symbols.OOD_SYMBOLS[random.integers(len(ood_symbols.OOD_SYMBOLS))]
            lines = symbol(random)
        if (drawn := sketch(lines, random)) is not None:
            yield drawn


def _as_if_drawn(image: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """Take what is on a canvas through the drawing page's steps: holes are filled, edges cut."""
    method = cv2.INTER_CUBIC if random.random() < 0.5 else cv2.INTER_NEAREST
    canvas = np.asarray(cv2.resize(image, (140, 140), interpolation=method), dtype=np.uint8)
    drawn = drawing_to_image(canvas)
    return image if drawn is None else drawn


def cached(path: Path, make: Callable[[], Mapping[str, Material]] | None = None) -> dict:
    """Read materials from a ``.npz`` file, which is made first if it is not there.

    It takes minutes to make them, and a run may be started twice.

    Returns:
        Each ``Material`` by its name.
    """
    if make and not path.exists():
        _write(path, make())
    return _read(path)


def _write(path: Path, materials: Mapping[str, Material]) -> None:
    """Write materials as one file, in one step."""
    arrays: dict[str, NDArray[np.generic]] = {
        f"{name}/{field.name}": getattr(material, field.name)
        for name, material in materials.items()
        for field in fields(material)
    }
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


def _read(path: Path) -> dict[str, Material]:
    with np.load(path) as arrays:
        names = dict.fromkeys(key.partition("/")[0] for key in arrays)
        return {
            name: Material(*(arrays[f"{name}/{field.name}"] for field in fields(Material)))
            for name in names
        }
