"""Garments: what each pixel of a photo shows, by a decoder on a photo model that is there."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fmnist.architectures import ARCHITECTURES
from fmnist.datasets import DATASETS
from fmnist.evaluation.masks import PixelEvaluation
from fmnist.inference.photo_model import PhotoModel
from fmnist.labelled_photos import labelled_photos
from fmnist.labelled_photos.masks import masked_photos
from fmnist.models import ModelStore, default_store
from fmnist.preprocessing import PIPELINES, decode_photo
from fmnist.training.tasks.task import Measured, Task, Tell, TrainingData

if TYPE_CHECKING:
    import keras

    from fmnist.training.run import Run

# In a run's folder, while it trains: the photos, decoded; and the model that it starts from.
MASKED, START = "masked", "start"
# What is as it was: of the photos as a whole.
_OF_PHOTOS = ("photo_", "validation_")
# Ground counts less than garments in training (``MaskedBatches``), and is found too seldom then. So
# much more often, outlines agree best with people's masks: of 118 photos trained on, intersection
# over union 0.817 and not 0.809.
_ODDS_OF_GROUND = 1.5
# Photos of nothing in particular, on which garments are laid.
_GROUNDS = 200


class Garments(Task):
    """Training of the part of a photo model that tells what each pixel shows."""

    summary = "Where each garment is in a photo, for a photo model"
    needs = ("photos", "start_from")
    refuses = ("augmentation", "limit", "validation_share")
    of_photos = of_fashion = True
    repeatable = False

    def complete(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Add the network, which is the photo model's."""
        return {"architecture": "photo", **values}

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Read people's masks, and outline more photos by the model that it starts from.

        Raises:
            InputError: if there are no masks, or a photo cannot be read.
            ModelError: if the model that it starts from cannot be used.
        """
        from fmnist.training.photos.masked import (
            MaskedFrames,
            by_people,
            outlining,
            worth_outlining,
        )
        from fmnist.training.photos.masked_batches import HeldOutMasks, MaskedBatches

        configuration = run.configuration
        dataset = DATASETS[configuration.dataset]
        names, root = dataset.class_names, Path(configuration.photos)
        start = _start(run)
        masked = masked_photos(root, names)
        photos = labelled_photos(root, names)
        people = [partial(by_people, photo) for photo in masked if not photo.held_out]
        model = PhotoModel.load(start, configuration.dataset)
        outlined = []
        if model:
            pipeline = replace(PIPELINES[dataset.pipeline], locate=model.locate)
            outlined = outlining(worth_outlining(photos), model, pipeline, names)
        frames = MaskedFrames.build([*people, *outlined], run.folder / MASKED, tell)
        grounds = [p.path for p in photos if p.group == "background" and not p.held_out][:_GROUNDS]
        pictures = [decode_photo(path.read_bytes(), path.name)[..., :3] for path in grounds]
        held_out = [photo for photo in masked if photo.held_out]
        return TrainingData(
            batches=partial(MaskedBatches, configuration, frames, len(people), pictures, names),
            validation=HeldOutMasks(held_out, len(names) + 2),
            n=len(frames),
            num_outputs=len(names) + 2,
            sets=True,
            start=partial(_decoded, start, len(names) + 2),
        )

    def measure(self, run: "Run", model: "keras.Model", data: TrainingData) -> Measured:
        """Measure the held-out masks; all else is as it was in the model that it started from."""
        from fmnist.training.photos.masked_batches import HeldOutMasks

        card = _start(run).card(START)
        names = DATASETS[run.configuration.dataset].class_names
        metrics: dict[str, float] = {}
        if isinstance(held_out := data.validation, HeldOutMasks) and len(held_out):
            found = _with_ground(model).predict(held_out, verbose=0)
            metrics = PixelEvaluation.of(found, held_out.sets, names).metrics()
        kept = {name: x for name, x in card.metrics.items() if name.startswith(_OF_PHOTOS)}
        return Measured(
            split=card.split,
            temperature=card.temperature,
            ood_threshold=card.ood_threshold,
            metrics=kept | metrics,
            sources=card.sources,
            preparation_seconds=card.metrics.get("training_seconds", 0.0),
        )

    def finished(self, model: "keras.Model") -> "keras.Model":
        """Return the photo model with the decoder's answer as its third output."""
        from fmnist.architectures.pixel_decoder import joined

        return joined(_with_ground(model))

    def clean_up(self, run: "Run") -> None:
        """Remove the photos, and the copy of the model that it started from."""
        for name in (MASKED, START):
            shutil.rmtree(run.folder / name, ignore_errors=True)


def _with_ground(model: "keras.Model") -> "keras.Model":
    from fmnist.architectures.pixel_decoder import with_ground

    return with_ground(model, _ODDS_OF_GROUND)


def _start(run: "Run") -> ModelStore:
    """Return a store with the model to start from; the first time, it is copied there."""
    inside = ModelStore(run.folder)
    if not (run.folder / START).exists():
        inside.adopt(default_store().folder(run.configuration.start_from), START)
    return inside


def _decoded(store: ModelStore, num_outputs: int) -> "keras.Model":
    """Build the network with what it knows of photos, and a decoder that knows nothing yet."""
    from fmnist.architectures.efficientnet_lite import of_one_size
    from fmnist.architectures.pixel_decoder import decoded

    network = of_one_size(store.load_keras(START), ARCHITECTURES["photo"].shape)
    return decoded(network, num_outputs)
