"""Measure how well the garments in photos with masks are found."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from fmnist.datasets import Dataset
from fmnist.evaluation.masks import PixelEvaluation
from fmnist.inference.ensemble import Ensemble
from fmnist.labelled_photos.masks import masked_photos, set_of
from fmnist.models import ModelError
from fmnist.preprocessing import InputError
from fmnist.preprocessing.square import squared_mask

# Of the squares in which answers and masks are compared.
_SIDE = 96


def measure_masks(
    root: Path,
    ensemble: Ensemble,
    dataset: Dataset,
    *,
    held_out: bool = False,
    track: Callable[[Sequence], Iterable] = iter,
) -> PixelEvaluation:
    """Let the photo model say what each pixel shows of photos that have masks.

    Args:
        root: the folder, see ``masked_photos``.
        ensemble: whose photo model is asked.
        dataset: whose classes they are.
        held_out: whether to ask about such photos only as training holds out.
        track: iterates over the photos and shows how far it is.

    Raises:
        InputError: as ``masked_photos``, or when training holds none out.
        ModelError: if there is no model that tells garments apart.
    """
    photos = [p for p in masked_photos(root, dataset.class_names) if p.held_out or not held_out]
    if not photos:
        raise InputError(f"Of the photos with masks in {root} training holds none out.")
    model = ensemble.photo_model
    nothing = int(set_of({len(dataset.class_names) + 1}))
    found, sets = [], []
    for photo in track(photos):
        picture, mask = photo.read()
        pixels = model.pixels(picture) if model else None
        if pixels is None:
            raise ModelError(
                "There is no photo model here that tells what each pixel shows. Make one: "
                "python -m fmnist train --recipe photo-garments --photos DIR"
            )
        cells = len(pixels) // _SIDE
        shape = _SIDE, cells, _SIDE, cells, pixels.shape[-1]
        found.append(pixels.reshape(shape).mean(axis=(1, 3), dtype=np.float32))
        sets.append(squared_mask(mask, _SIDE, nothing))
    return PixelEvaluation.of(np.stack(found), np.stack(sets), dataset.class_names)
