"""Outlines: every garment in a photo, its place and its classes, from what each pixel shows."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.inference.closer import SIDE
from fmnist.preprocessing import Picture
from fmnist.preprocessing.bounds import bounds
from fmnist.preprocessing.segmentation import Outline
from fmnist.preprocessing.segmentation.guided import guided_filter
from fmnist.preprocessing.segmentation.saliency import centre_prior

# Shares: of the photo that a garment covers at least, and of all garments in it.
_SMALLEST, _SLIGHTEST = 0.004, 0.02
# A part of another class, of which its neighbour's class is so much of what is said of it, belongs
# to its neighbour: half of a coat may look like a shirt.
_ALIKE = 0.4
# Where one garment fills so much of the photo, what is small against it, or unsure, is a part of it
# or of the ground: of its area so much at least, more where what is said is less sure.
_CLOSE, _BESIDE = 0.2, 0.1
# Two shoes are a pair if the larger one's box, so much longer and wider, reaches the other; and so
# are two parts of one class that are so much taller than wide, for they are the legs of trousers.
_PAIR, _LEG = 2.0, 2.5
_RADIUS, _EPSILON = 3, 1e-3


def find_outlines(
    photo: Picture, pixels: NDArray[np.floating], kinds: tuple[tuple[int, ...], ...] = ()
) -> list[Outline]:
    """Tell the garments in a photo apart.

    What is said of each pixel is smoothed along the photo's edges (``guided_filter``); what hangs
    together and is of one class is a part, and parts of which much the same is said are a garment.

    Args:
        photo: uint8 ``(height, width, 3)``, RGB.
        pixels: ``(side, side, num_classes + 2)`` as ``Looked.pixels``, of the photo as ``squared``.
        kinds: classes that come in pairs and are one kind of thing, as all shoes are.

    Returns:
        The garments, first the largest in the middle.
    """
    small, planes = _on_photo(photo, pixels)
    planes = guided_filter(small, planes, _RADIUS, _EPSILON).clip(0, 1)
    planes /= planes.sum(axis=-1, keepdims=True).clip(1e-6)
    grouped = planes.copy()
    for classes in kinds:
        first, *others = classes
        grouped[..., first] = planes[..., list(classes)].sum(axis=-1)
        grouped[..., others] = 0
    firsts = {classes[0] for classes in kinds}
    parts = _merged(_parts(grouped), grouped, firsts)
    parts = _paired(parts, grouped, firsts)
    size = small.shape[0] * small.shape[1]
    enough = max(_SMALLEST * size, _SLIGHTEST * sum(part.sum() for part in parts))
    centre = centre_prior((small.shape[0], small.shape[1]))
    parts = [part for part in parts if part.sum() >= enough]
    parts.sort(key=lambda part: -float(centre[part].sum()))
    found = [_garment(part, planes) for part in parts]
    largest = max((each.share for each in found), default=0.0)
    least = _BESIDE * largest if largest > _CLOSE else 0.0
    return [each for each in found if each.share * float(each.probabilities.max()) ** 2 >= least]


def _on_photo(photo: Picture, pixels: NDArray[np.floating]) -> tuple[Picture, NDArray[np.float32]]:
    """Return the photo in small, and what was said of the square on it."""
    height, width = photo.shape[:2]
    scale = SIDE / max(height, width)
    high, wide = (max(1, round(side * scale)) for side in (height, width))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(photo, (wide, high), interpolation=method), np.uint8)
    large = cv2.resize(np.asarray(pixels, np.float32), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    top, left = (SIDE - high) // 2, (SIDE - wide) // 2
    return small, np.asarray(large, np.float32)[top : top + high, left : left + wide]


Part = NDArray[np.bool_]  # (height, width)


def _parts(planes: NDArray[np.float32]) -> list[Part]:
    """Return what hangs together and is of one class, the largest first."""
    answers = planes.argmax(axis=-1)
    # A garment of which nobody can say which is one all the same.
    answers[(planes[..., -1] < 0.5) & (answers == planes.shape[-1] - 1)] = -1
    best = planes[..., :-1].argmax(axis=-1)
    answers = np.where(answers == -1, best, answers)
    found = []
    for answer in np.unique(answers[answers < planes.shape[-1] - 1]):
        count, labels = cv2.connectedComponents(
            (answers == answer).astype(np.uint8), connectivity=8
        )
        found += [np.asarray(labels) == number for number in range(1, count)]
    return sorted(found, key=_size, reverse=True)


def _size(part: Part) -> int:
    return int(np.count_nonzero(part))


def _merged(parts: list[Part], planes: NDArray[np.float32], firsts: set[int]) -> list[Part]:
    """Give each part, from the smallest on, to the neighbour that it belongs to, if it does."""
    kept: list[Part] = []
    while parts:
        *parts, part = parts
        if (index := _owner(part, parts, planes, firsts)) is None:
            kept.append(part)
        else:
            parts[index] = parts[index] | part
            parts.sort(key=_size, reverse=True)
    return kept


def _owner(
    part: Part, parts: list[Part], planes: NDArray[np.float32], firsts: set[int]
) -> int | None:
    """Return which of the larger parts it touches longest, and might be a part of.

    A crumb might be of any; others of one whose class is nearly as likely as their own. And nobody
    wears a garment that is smaller than the shoe it touches: it is the shaft of a boot.
    """
    around = np.asarray(cv2.dilate(part.astype(np.uint8), np.ones((5, 5), np.uint8))) > 0
    said = planes[part].mean(axis=0)[:-1]
    crumb = _size(part) < _SMALLEST * part.size
    touched: dict[int, int] = {}
    for index, other in enumerate(parts):
        if touch := int((around & other).sum()):
            theirs = int(planes[other].mean(axis=0)[:-1].argmax())
            if crumb or theirs in firsts or said[theirs] > _ALIKE * said.max():
                touched[index] = touch
    return max(touched, key=touched.__getitem__) if touched else None


def _paired(parts: list[Part], planes: NDArray[np.float32], firsts: set[int]) -> list[Part]:
    """Put two shoes that stand beside each other together, and the two legs of trousers."""
    single: list[tuple[int, Part]] = []
    rest: list[Part] = []
    for part in sorted(parts, key=_size, reverse=True):
        best = int(planes[part].mean(axis=0)[:-1].argmax())
        if best in firsts or _is_leg(part):
            single.append((best, part))
        else:
            rest.append(part)
    while single:
        best, first = single.pop(0)
        for index, (theirs, other) in enumerate(single):
            if theirs == best and _size(first) < 4 * _size(other) and _near(first, other):
                first = first | single.pop(index)[1]
                break
        rest.append(first)
    return rest


def _is_leg(part: Part) -> bool:
    top, left, bottom, right = bounds(part)
    return bottom - top > _LEG * (right - left)


def _near(part: Part, other: Part) -> bool:
    top, left, bottom, right = bounds(part)
    high, wide = _PAIR * (bottom - top), _PAIR * (right - left)
    rows, columns = (slice(max(0, round(a)), round(b)) for a, b in (
        (top - high, bottom + high), (left - wide, right + wide)
    ))  # fmt: skip
    return bool(other[rows, columns].any())


def _garment(part: Part, planes: NDArray[np.float32]) -> Outline:
    said = planes[part].mean(axis=0)[:-1]
    height, width = part.shape
    top, left, bottom, right = bounds(part)
    return Outline(
        (said / said.sum()).astype(np.float32),
        np.where(part, np.maximum(1 - planes[..., -1], 0.51), 0).astype(np.float32),
        (top / height, left / width, bottom / height, right / width),
        float(part.mean()),
    )
