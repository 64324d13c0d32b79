"""Real photos, each brought to 28×28 more than once."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.inference.photo_model import PhotoModel
from fmnist.labelled_photos import LabelledPhoto, labelled_photos
from fmnist.labelled_photos.read import file_of, read_labelled_photo
from fmnist.models import default_store
from fmnist.preprocessing import (
    CLOTHES,
    InputError,
    Picture,
    Pipeline,
    decode_photo,
    on_ground,
    preprocess_photo,
)
from fmnist.training.synthetic.material import Material, balanced, targets

_T = TypeVar("_T")
_R = TypeVar("_R")

# How many times a photo is brought to 28×28: as the app does it, and with a mask that is wrong in
# another way each time, as masks are.
VIEWS = 4
# Photos of a folder of a source; the next thousand T-shirts of one shop teach little, and take as
# long to bring to 28×28 as the first.
MOST = 600
# How much of the photos is of which source, against 1 for any other. People's own are the truest,
# and nobody in the street is a garment of 28×28 pixels as a whole.
SOURCES = {"catalogue": 0.6, "things": 0.6, "street boxes": 0.25, "street": 0.0}


def photo_material(folder: Path, class_names: Sequence[str]) -> tuple[Material, Material]:
    """Read the photos to train on in a folder, see ``labelled_photos``.

    Returns:
        The photos of the classes and those of other things; of each source a share that
        ``SOURCES`` says, and in a source every set of right classes as often as any other.

    Raises:
        InputError: as ``labelled_photos``.
    """
    photos = [
        photo
        for photo in some_of_each(labelled_photos(folder, class_names))
        if not photo.held_out and SOURCES.get(photo.source, 1.0)
    ]
    views = read_all_views(photos)
    shown = [photo for photo, images in zip(photos, views, strict=True) for _ in images]
    images, sources = np.concatenate(views), np.array([photo.source for photo in shown])
    rows = targets([photo.classes for photo in shown], len(class_names))
    none = rows[:, -1] == 1
    return (
        _by_source(images[~none], rows[~none], sources[~none]),
        _by_source(images[none], rows[none], sources[none]),
    )


def _by_source(
    images: NDArray[np.uint8], rows: NDArray[np.float32], sources: NDArray[np.str_]
) -> Material:
    weights = np.zeros(len(images))
    for source in np.unique(sources):
        of_source = sources == source
        even = balanced(images[of_source], rows[of_source]).weights
        weights[of_source] = SOURCES.get(str(source), 1.0) * even
    return Material(images, rows, weights / max(weights.sum(), 1e-12))


def held_out_photos(
    folder: Path, class_names: Sequence[str]
) -> tuple[list[LabelledPhoto], NDArray[np.uint8], NDArray[np.float32]]:
    """Read the photos in a folder that training holds out, as the app does.

    Returns:
        Those that can be read, n of them, none if there is no photo model; uint8 ``(n, 28, 28)``;
        and what the photo model says of them, float32 ``(n, num_outputs)``.

    Raises:
        InputError: as ``labelled_photos``.
    """
    photos = [photo for photo in labelled_photos(folder, class_names) if photo.held_out]
    looks = _on_all_cores(_read_held_out, photos)
    read = [(photo, *look) for photo, look in zip(photos, looks, strict=True) if look]
    if not read:
        return [], np.empty((0, 28, 28), np.uint8), np.empty((0, 0), np.float32)
    found, images, outputs = zip(*read, strict=True)
    return list(found), np.stack(images), np.stack(outputs)


def _read_held_out(photo: LabelledPhoto) -> tuple[NDArray[np.uint8], NDArray[np.float32]] | None:
    cv2.setNumThreads(1)
    model = _photo_model()
    try:
        inputs = read_labelled_photo(photo, _pipeline())
    except InputError as error:
        print(error, flush=True)
        return None
    outputs = model.outputs(inputs) if model else None
    return None if outputs is None else (inputs.image, outputs)


def some_of_each(photos: Sequence[LabelledPhoto], most: int = MOST) -> Iterator[LabelledPhoto]:
    """Leave out of each folder what is more than so many photos, evenly."""
    for _, same in groupby(photos, lambda photo: (photo.source, photo.group)):
        listed = list(same)
        places = np.unique(np.linspace(0, len(listed) - 1, min(most, len(listed))).astype(int))
        yield from (listed[place] for place in places)


def read_views(photo: LabelledPhoto) -> NDArray[np.uint8]:
    """Bring a photo to 28×28 as the app does, and with the garment's mask disturbed.

    Returns:
        uint8 ``(VIEWS, 28, 28)``, the first one undisturbed; empty if the file is no picture.
    """
    cv2.setNumThreads(1)  # there is a process for each core already
    try:
        picture = decode_photo(file_of(photo), photo.name)
    except InputError as error:
        print(error, flush=True)
        return np.empty((0, 28, 28), np.uint8)
    pipeline, random = _pipeline(), np.random.default_rng(list(photo.name.encode()))
    made = preprocess_photo(picture, pipeline)
    cut_out = pipeline.cut_out(on_ground(picture), made.segmentation.mask)
    disturbed = (pipeline.run(_disturbed(cut_out, random)) for _ in range(VIEWS - 1))
    last = pipeline.steps[-1]
    return np.stack([made.model_inputs.image, *(steps[last] for steps in disturbed)])


def read_all_views(photos: Sequence[LabelledPhoto]) -> list[NDArray[np.uint8]]:
    """Read the views of many photos, on all cores: a photo takes about 0.1 s."""
    return _on_all_cores(read_views, photos)


def _on_all_cores(read: Callable[[_T], _R], photos: Sequence[_T]) -> list[_R]:
    # Not forked: TensorFlow's threads do not survive that. And no Pool: it ends its processes by
    # SIGTERM, which a run ignores once there is something to keep, and they with it.
    try:
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            return list(pool.map(read, photos, chunksize=8))
    except BrokenProcessPool as error:
        raise RuntimeError(
            "A process that read photos was killed, perhaps as memory ran out: close what else "
            "runs, and start again."
        ) from error


def _pipeline() -> Pipeline:
    """Return the app's own pipeline, in which the photo model finds the garment."""
    model = _photo_model()
    return model.guided(CLOTHES) if model else CLOTHES


@cache
def _photo_model() -> PhotoModel | None:
    """Return the photo model, one a process."""
    dataset = DATASETS["fashion-mnist"]
    return PhotoModel.load(default_store(), dataset.name)


def _disturbed(cut_out: Picture, random: np.random.Generator) -> Picture:
    """Turn a little, and let the mask swell or shrink, bite a piece off or add one."""
    height, width = cut_out.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-12, 12), 1)
    turned = np.array(
        cv2.warpAffine(cut_out, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
    mask = turned[..., 3]
    whole = int((mask > 127).sum())
    size = 1 + 2 * random.integers(0, max(height, width) // 60 + 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    grow = random.random() < 0.5
    mask = np.asarray((cv2.dilate if grow else cv2.erode)(mask, disc), dtype=np.uint8)
    if random.random() < 0.5:
        centre = (int(random.integers(width)), int(random.integers(height)))
        axes = (int(width * random.uniform(0.03, 0.15)), int(height * random.uniform(0.03, 0.15)))
        colour = 255 if random.random() < 0.3 else 0
        mask = np.array(cv2.ellipse(mask.copy(), centre, axes, 0, 0, 360, colour, -1))
    # A mask that all but vanished teaches nothing.
    if (mask > 127).sum() > 0.6 * whole:
        turned[..., 3] = mask
    return turned
