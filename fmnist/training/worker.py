"""What the process of a run does, from its place in line to its model."""

import json
import os
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS, Split, SplitName
from fmnist.evaluation.metrics import evaluate
from fmnist.inference.judgement import fit_judgement
from fmnist.inference.ood import answers_of
from fmnist.training.queue import STATUS, living, turn
from fmnist.training.result import save_outcome
from fmnist.training.run import Run
from fmnist.training.split import hold_out
from fmnist.training.status import State, Status, write_atomically

if TYPE_CHECKING:
    import keras

    from fmnist.training.callbacks import Recorder
    from fmnist.training.synthetic.material import Material


def work(run: Run) -> None:
    """Wait for the run's turn, train, evaluate and save, telling its status all the while.

    Called in a process of its own. It imports TensorFlow only once its turn has come.
    """
    path = run.folder / STATUS
    with living(run.folder):
        status = Status(epochs=run.configuration.epochs, pid=os.getpid())
        status.write(path)
        if run.stop_wanted:
            return
        if hasattr(os, "nice"):
            os.nice(5)  # the pages go first
        with turn(run.folder):
            status = replace(status, state=State.STARTING, began=time.time())
            status.write(path)
            try:
                status = _train(run, status)
            except Exception as error:
                traceback.print_exc()
                message = str(error) or type(error).__name__
                status = Status.read(path) or status
                status = replace(status, state=State.FAILED, message=message)
            replace(status, ended=time.time(), seconds_left=0, pid=None).write(path)


def _train(run: Run, status: Status) -> Status:
    if run.configuration.extras == "photos":
        from fmnist.training.tasks.photos import train_on_photos

        recorder = train_on_photos(run, status)
    else:
        recorder = _train_on_images(run, status)
    from fmnist.training import checkpoint

    status = recorder.status
    if recorder.stopped:
        message = f"Stopped in epoch {status.epoch + 1}; what was reached is kept."
        return replace(status, state=State.STOPPED, message=message)
    checkpoint.remove(run.folder)
    return replace(status, state=State.FINISHED, message="")


def _train_on_images(run: Run, status: Status) -> "Recorder":
    configuration = run.configuration
    dataset = DATASETS[configuration.dataset]
    data, test = _load(run, status, "train"), _load(run, status, "test")
    # Only now: whoever waits in line stays light, and data that is missing is told at once.
    from fmnist.training.callbacks import Recorder
    from fmnist.training.tasks import distillation as teacher
    from fmnist.training.tasks import fine_tuning as going_on
    from fmnist.training.trainer import fit, without_optimizer

    recorder, reached = Recorder.resume(run, status)
    start = going_on.start_model(run) if configuration.start_from else None
    extras = _extras(run, data, status, start) if configuration.extras != "none" else None
    taught = teacher.taught(run, data, status) if configuration.teachers else None
    num_classes = len(dataset.class_names)
    model = fit(configuration, data, num_classes, [recorder], reached, extras, start, taught)

    recorder.evaluating()
    model = without_optimizer(model)
    training, held_out = hold_out(data.labels, configuration.validation_share, configuration.limit)
    outputs = _outputs(model, data.images[held_out])
    judgement = fit_judgement(outputs, data.labels[held_out], num_classes)
    outputs = _outputs(model, test.images)
    probabilities, _ = answers_of(outputs, num_classes, judgement.temperature)
    evaluation = evaluate(probabilities, test.labels)
    changed: dict[str, float] = {}
    if extras and start:
        changed = going_on.before_and_after(run, model, judgement, extras["mine"], test)
    split = {"train": len(training), "validation": len(held_out), "test": evaluation.n}
    measured = {"test_accuracy": evaluation.accuracy, "test_loss": evaluation.loss, **changed}
    save_outcome(run, model, recorder.status, split, judgement, measured)
    write_atomically(run.folder / "result.json", json.dumps(evaluation.as_dict() | changed) + "\n")
    going_on.forget(run)
    return recorder


def _extras(
    run: Run, data: Split, status: Status, start: "keras.Model | None"
) -> "dict[str, Material]":
    """Make what is mixed in, from training images alone; kept, for it takes minutes."""
    from fmnist.training.synthetic import cache as keep
    from fmnist.training.synthetic.material import gather
    from fmnist.training.tasks.fine_tuning import gather_mine

    configuration = run.configuration
    place = run.folder / "extras.npz"
    if not place.exists():
        training, _ = hold_out(data.labels, configuration.validation_share, configuration.limit)
        images, labels = data.images[training], data.labels[training]
        if start:
            keep.write(place, gather_mine(run, images, labels, start.output_shape[-1]))
            return keep.read(place)
        message = "Bringing the photos to 28×28 and making drawings"
        replace(status, message=message).write(run.folder / STATUS)
        class_names = DATASETS[configuration.dataset].class_names
        photos = Path(configuration.photos)
        keep.write(place, gather(images, labels, class_names, photos, configuration.seed))
    return keep.read(place)


def _load(run: Run, status: Status, split: SplitName) -> Split:
    """Load a split, telling of a download."""

    def tell(done: int, total: int) -> None:
        share = f" {done / total:.0%}" if total else ""
        message = f"Downloading the {split} images{share}"
        replace(status, message=message).write(run.folder / STATUS)

    return DATASETS[run.configuration.dataset].load(split, tell)


def _outputs(model: "keras.Model", images: NDArray[np.uint8]) -> NDArray[np.float32]:
    if not len(images):
        return np.empty((0, model.output_shape[-1]), np.float32)
    return model.predict(images.astype(np.float32), batch_size=256, verbose=0)
