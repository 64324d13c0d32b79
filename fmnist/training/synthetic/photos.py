"""Real photos, each brought to a model's form more than once."""

import os
from collections.abc import Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.labelled_photos.words import classes_of
from fmnist.preprocessing import CLOTHES, InputError, Picture, decode
from fmnist.preprocessing.decode import MAX_BYTES
from fmnist.preprocessing.model_inputs import model_inputs_of

# A field of ``preprocessing.ModelInputs``.
Form = Literal["image", "photo"]

# How many times a photo is brought to a model's form: as the app does it, and with a mask that is
# wrong in another way each time, as masks are.
VIEWS = 6


def labelled_photos(folder: Path, class_names: Sequence[str]) -> list[tuple[Path, frozenset[int]]]:
    """List the photos of a folder with a sub-folder for each kind of garment.

    Returns:
        The files, each with the indices of the classes that are right; empty for none of them.

    Raises:
        InputError: if the folder has no sub-folder whose name stands for a class.
    """
    if not folder.is_dir():
        raise InputError(
            f"There is no folder {folder}. Expected one of photos, with a sub-folder for each kind "
            "of garment: t-shirt, pants, …"
        )
    found = [
        (path, right)
        for inside in sorted(folder.iterdir())
        if inside.is_dir() and (right := classes_of(inside.name, class_names)) is not None
        for path in sorted(inside.glob("[!.]*"))
    ]
    if not any(right for _, right in found):
        raise InputError(f"There are no photos of clothes in {folder} to train on.")
    return found


def read_views(path: Path, form: Form = "image") -> NDArray[np.uint8]:
    """Bring a photo to a form as the app does, and with the garment's mask disturbed.

    Returns:
        uint8 ``(VIEWS, 28, 28)`` or ``(VIEWS, 64, 64, 3)``, the first one undisturbed; empty if
        the file is no picture.
    """
    cv2.setNumThreads(1)  # there is a process for each core already
    try:
        with path.open("rb") as file:
            photo = decode(file.read(MAX_BYTES + 1), path.name)
    except InputError as error:
        print(error, flush=True)
        return np.empty(0, np.uint8)
    random = np.random.default_rng(list(path.name.encode()))
    cut_out = CLOTHES.cut_out(photo, CLOTHES.segment(photo).mask)
    views = [cut_out, *(_disturbed(cut_out, random) for _ in range(VIEWS - 1))]
    inputs = (model_inputs_of(CLOTHES.run(view), CLOTHES) for view in views)
    return np.stack([getattr(each, form) for each in inputs])


def read_all_views(paths: Sequence[Path], form: Form = "image") -> list[NDArray[np.uint8]]:
    """Read the views of many photos, on all cores: a photo takes about 0.1 s."""
    # Not forked: TensorFlow's threads do not survive that.
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        return pool.map(partial(read_views, form=form), paths, chunksize=8)


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
