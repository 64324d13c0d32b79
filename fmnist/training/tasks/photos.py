"""What the process of a run does that trains on photos alone."""

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np

from fmnist import architectures
from fmnist.datasets import DATASETS
from fmnist.inference.judgement import LEAST_UNFAMILIAR, Judgement
from fmnist.preprocessing import SHARP_SIDE
from fmnist.training.callbacks import Recorder
from fmnist.training.crops import Crops, hold_out_photos
from fmnist.training.queue import STATUS
from fmnist.training.result import save_outcome
from fmnist.training.run import Run
from fmnist.training.status import Status
from fmnist.training.synthetic import cache as keep
from fmnist.training.synthetic.material import Material, balanced, photo_views
from fmnist.training.trainer import compile_for, fit_batches, without_optimizer

_SHAPE = (SHARP_SIDE, SHARP_SIDE, 3)


def train_on_photos(run: Run, status: Status) -> Recorder:
    """Train the sharper look and keep its model; there are no test images to evaluate it on.

    Args:
        run: the run.
        status: how far it has come.

    Returns:
        What wrote down how the training went.

    Raises:
        InputError: if there are no photos in the folder.
    """
    configuration, material = run.configuration, _photos(run, status)
    training, held_out = hold_out_photos(
        material, configuration.validation_share, configuration.limit
    )
    recorder, reached = Recorder.resume(run, status)
    model, epochs_seen = reached or (None, 0)
    keras.utils.set_random_seed(configuration.seed)
    batches = Crops(
        training,
        batch_size=configuration.batch_size,
        seed=configuration.seed,
        epoch=epochs_seen,
    )
    if model is None:
        outputs = material.targets.shape[1]
        model = architectures.build(configuration.architecture, _SHAPE, outputs)
        compile_for(model, configuration, len(batches), sets=True)
    fit_batches(model, batches, configuration.epochs, held_out, [recorder], epochs_seen)
    recorder.evaluating()
    split = {"train": len(training.images), "validation": len(held_out[0])}
    # What is more probably none of the classes than one of them is none.
    judgement = Judgement(unfamiliar_above=LEAST_UNFAMILIAR)
    rows = np.unique(material.targets[:, :-1], axis=0)
    sets = (tuple(np.flatnonzero(row).tolist()) for row in rows)
    save_outcome(
        run,
        without_optimizer(model),
        recorder.status,
        split,
        judgement,
        {},
        tuple(right for right in sets if right),
    )
    (run.folder / "extras.npz").unlink()
    return recorder


def _photos(run: Run, status: Status) -> Material:
    """Read the photos; kept, for it takes minutes."""
    place = run.folder / "extras.npz"
    configuration = run.configuration
    if not place.exists():
        message = f"Cutting the clothes out of the photos, at {SHARP_SIDE}×{SHARP_SIDE}"
        replace(status, message=message).write(run.folder / STATUS)
        class_names = DATASETS[configuration.dataset].class_names
        images, targets = photo_views(Path(configuration.photos), class_names, "sharp")
        keep.write(place, {"photos": balanced(images, targets)})
    return keep.read(place)["photos"]
