"""How well one garment on its ground is outlined, and how soon all of somebody's garments are.

In ``outlined.json`` there are 50 of people's own photos: seven of each kind, eight of shoes, drawn
by their names. Each was outlined by eye on a grid, and within a fiftieth of the photo's longer side
the line was brought to the edge by GrabCut. x and y are in thousandths.
"""

import io
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.figure import Figure, NotMeasuredError
from benchmarks.folders import CLASS_NAMES, default, ensemble, folder_of, share
from fmnist.inference.garments import read_garments
from fmnist.labelled_photos.masks import masked_photos
from fmnist.preprocessing import Picture, decode_photo, preprocess_photo

_OUTLINED = Path(__file__).with_name("outlined.json")
_TARGET = 0.90
_TWELVE_MEGAPIXELS = (3000, 4000)
# Of the held-out photos of people every so many-th is one that time is taken of.
_EVERY = 4

Mask = NDArray[np.bool_]


def measure() -> list[Figure]:
    """Outline the photos of ``outlined.json`` in ``validation`` of ``FMNIST_TEST_PHOTOS``.

    Time is taken of people in ``street`` beside it.

    Raises:
        NotMeasuredError: if there is no such folder, or a photo is not in it.
    """
    folder = folder_of("FMNIST_TEST_PHOTOS", "validation")
    drawn = json.loads(_OUTLINED.read_text(encoding="utf-8"))
    if missing := [name for name in drawn if not (folder / name).is_file()]:
        raise NotMeasuredError(f"{len(missing)} photos are not in {folder}: {missing[0]}, …")
    ways: dict[str, Callable[[Picture], Mask]] = {
        "what the photo model outlines": _outlined,
        "what stands out": _standing_out,
        "what the app cuts out": _cut_out,
    }
    found: dict[str, list[tuple[str, float]]] = {way: [] for way in ways}
    for name, corners in drawn.items():
        photo = decode_photo((folder / name).read_bytes(), name)[..., :3]
        truth = _inside(corners, photo.shape)
        for way, masked in ways.items():
            found[way].append((Path(name).parent.name, _iou(masked(photo), truth)))
    figures = [_mean(way, [iou for _, iou in each], _TARGET) for way, each in found.items()]
    *_, (last, each) = found.items()
    kinds = sorted({kind for kind, _ in each})
    figures += [_mean(f"{last}, {kind}", [x for k, x in each if k == kind]) for kind in kinds]
    return [*figures, _latency(folder_of("FMNIST_TEST_PHOTOS", "street"))]


def _latency(street: Path) -> Figure:
    """Time the way of photos as a phone takes them, from the file's bytes to all garments."""
    runs, found, answering = [], [], ensemble(default())
    first, *others = (photo for photo in masked_photos(street, CLASS_NAMES) if photo.held_out)
    # Once each, for the models remember what they saw.
    for photo in (first, *others[::_EVERY]):
        large, file = Image.fromarray(photo.read()[0]).resize(_TWELVE_MEGAPIXELS), io.BytesIO()
        large.save(file, "JPEG", quality=90)
        started = time.perf_counter()
        found.append(len(read_garments(answering, decode_photo(file.getvalue()))))
        runs.append(round(1000 * (time.perf_counter() - started), 1))
    # At the first they come awake.
    runs, found = runs[1:], found[1:]
    what = f"a 12-megapixel JPEG to all its garments, {np.mean(found):.1f} on average"
    return Figure(what, statistics.median(runs), "ms", 150, tuple(runs))


def _mean(what: str, ious: Sequence[float], target: float | None = None) -> Figure:
    figure = share(f"garment against ground, {what}", float(np.mean(ious)), target)
    return replace(figure, n=len(ious))


def _inside(corners: Sequence[Sequence[Sequence[int]]], shape: tuple[int, ...]) -> Mask:
    mask = np.zeros(shape[:2], np.uint8)
    for line in corners:
        places = np.array(line) * (shape[1], shape[0]) / 1000
        cv2.fillPoly(mask, [places.round().astype(np.int32)], 1)
    return mask > 0


def _iou(found: Mask, truth: Mask) -> float:
    return float((found & truth).sum() / max(1, (found | truth).sum()))


def _outlined(photo: Picture) -> Mask:
    mask = np.zeros(photo.shape[:2], bool)
    if outline := ensemble(default()).pipeline.outline:
        for each in outline(photo):
            mask |= each.mask(photo.shape) > 0
    return mask


def _standing_out(photo: Picture) -> Mask:
    alone = replace(ensemble(default()).pipeline, outline=None)
    return preprocess_photo(photo, alone).segmentation.mask > 127


def _cut_out(photo: Picture) -> Mask:
    mask = np.zeros(photo.shape[:2], bool)
    for garment in read_garments(ensemble(default()), photo):
        mask |= garment.made.segmentation.mask > 127
    return mask
