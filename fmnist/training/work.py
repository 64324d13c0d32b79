"""What the process of a run does, from its place in line to its model."""

import json
import os
import time
import traceback
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS, Split, SplitName
from fmnist.evaluation import Evaluation, evaluate
from fmnist.models import Card, ModelStore
from fmnist.training import table
from fmnist.training.judgement import Judgement, fit_judgement
from fmnist.training.line import STATUS, living, turn
from fmnist.training.recipe import command
from fmnist.training.run import Run
from fmnist.training.status import State, Status, write_atomically
from fmnist.training.validation import hold_out
from fmnist.unfamiliarity import answers_of

if TYPE_CHECKING:
    import keras

    from fmnist.training.everyday.material import Material


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
    configuration = run.configuration
    dataset = DATASETS[configuration.dataset]
    data, test = _load(run, status, "train"), _load(run, status, "test")
    # Only now: whoever waits in line stays light, and data that is missing is told at once.
    from fmnist.training import checkpoint, going_on
    from fmnist.training.fitting import fit, without_optimizer
    from fmnist.training.recorder import Recorder

    reached = checkpoint.latest(run.folder)
    _forget_after(run, reached[1] if reached else 0)
    recorder = Recorder(run, replace(status, epoch=reached[1] if reached else 0))
    start = going_on.start_model(run) if configuration.start_from else None
    extras = _extras(run, data, status, start) if configuration.extras != "none" else None
    model = fit(configuration, data, len(dataset.class_names), [recorder], reached, extras, start)

    status = replace(recorder.status, state=State.EVALUATING, seconds_left=None)
    status.write(run.folder / STATUS)
    model = without_optimizer(model)
    num_classes = len(dataset.class_names)
    _, held_out = hold_out(data.labels, configuration.validation_share, configuration.limit)
    outputs = _outputs(model, data.images[held_out])
    judgement = fit_judgement(outputs, data.labels[held_out], num_classes)
    outputs = _outputs(model, test.images)
    probabilities, _ = answers_of(outputs, num_classes, judgement.temperature)
    evaluation = evaluate(probabilities, test.labels)
    changed: dict[str, float] = {}
    if extras and start:
        changed = going_on.before_and_after(run, model, judgement, extras["mine"], test)
    _save(run, model, evaluation, status, data, judgement, changed)
    going_on.forget(run)
    if recorder.stopped:
        message = f"Stopped in epoch {status.epoch + 1}; what was reached is kept."
        return replace(status, state=State.STOPPED, message=message)
    checkpoint.remove(run.folder)
    return replace(status, state=State.FINISHED, message="")


def _extras(
    run: Run, data: Split, status: Status, start: "keras.Model | None"
) -> "dict[str, Material]":
    """Make what is mixed in, from training images alone; kept, for it takes minutes."""
    from fmnist.training.everyday import keep
    from fmnist.training.everyday.material import gather
    from fmnist.training.going_on import gather_mine

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


def _forget_after(run: Run, epoch: int) -> None:
    """Take out of the tables what a process that died wrote after its last checkpoint."""
    for name in ("history.csv", "curve.csv"):
        rows = table.read(run.folder / name)
        table.keep(run.folder / name, [row for row in rows if row["epoch"] <= epoch])


def _outputs(model: "keras.Model", images: NDArray[np.uint8]) -> NDArray[np.float32]:
    if not len(images):
        return np.empty((0, model.output_shape[-1]), np.float32)
    return model.predict(images.astype(np.float32), batch_size=256, verbose=0)


def _save(
    run: Run,
    model: "keras.Model",
    evaluation: Evaluation,
    status: Status,
    data: Split,
    judgement: Judgement,
    changed: dict[str, float],
) -> None:
    """Keep what was measured and the model, with a card that says what it is."""
    configuration, history = run.configuration, run.history()
    training, validation = hold_out(
        data.labels, configuration.validation_share, configuration.limit
    )
    epochs = status.progress * configuration.epochs
    metrics = {
        "test_accuracy": evaluation.accuracy,
        "test_loss": evaluation.loss,
        "epochs": epochs,
        "training_seconds": sum(row["seconds"] for row in history),
        **changed,
    }
    if history and history[-1]["epoch"] == epochs and len(validation):
        metrics["validation_accuracy"] = history[-1]["val_accuracy"]
        metrics["validation_loss"] = history[-1]["val_loss"]
    if configuration.photos:
        # Where the photos are is this machine's own affair.
        configuration = replace(configuration, photos="PHOTOS")
    card = Card(
        dataset=configuration.dataset,
        architecture=configuration.architecture,
        parameters=model.count_params(),
        configuration=asdict(configuration),
        split={"train": len(training), "validation": len(validation), "test": evaluation.n},
        metrics=metrics,
        command=command(configuration),
        **asdict(judgement),
    )
    ModelStore(run.folder).save(run.model.name, model, card, history)
    write_atomically(run.folder / "result.json", json.dumps(evaluation.as_dict() | changed) + "\n")
