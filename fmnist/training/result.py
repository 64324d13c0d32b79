"""What comes of a run: its model, with a card that says what it is."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from fmnist.inference.judgement import Judgement
from fmnist.models import Card, ModelStore
from fmnist.training.recipe import command
from fmnist.training.run import Run
from fmnist.training.status import Status
from fmnist.training.tasks.distillation import asked_seconds

if TYPE_CHECKING:
    import keras


def save_outcome(
    run: Run,
    model: "keras.Model",
    status: Status,
    split: Mapping[str, int],
    judgement: Judgement,
    measured: Mapping[str, float],
    sets: tuple[tuple[int, ...], ...] = (),
) -> None:
    """Keep a trained model in the run's folder, in the form of the model store.

    Args:
        run: the run.
        model: what it has trained.
        status: how far it has come.
        split: number of images by use: train, validation, and test if there are any.
        judgement: how the model's outputs are to be taken.
        measured: what was measured once it was trained, by the names on a card.
        sets: see ``Card.sets``.
    """
    configuration, history = run.configuration, run.history()
    epochs = status.progress * configuration.epochs
    metrics = {
        **measured,
        "epochs": epochs,
        "training_seconds": asked_seconds(run) + sum(row["seconds"] for row in history),
    }
    if history and history[-1]["epoch"] == epochs and "val_accuracy" in history[-1]:
        metrics["validation_accuracy"] = history[-1]["val_accuracy"]
        metrics["validation_loss"] = history[-1]["val_loss"]
    if configuration.photos:
        # Where the photos are is this machine's own affair.
        configuration = replace(configuration, photos="PHOTOS")
    card = Card(
        dataset=configuration.dataset,
        architecture=configuration.architecture,
        parameters=model.count_params(),
        shape=tuple(model.input_shape[1:]),
        sets=sets,
        configuration=asdict(configuration),
        split=split,
        metrics=metrics,
        command=command(configuration),
        **asdict(judgement),
    )
    ModelStore(run.folder).save(run.model.name, model, card, history)
