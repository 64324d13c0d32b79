"""Result: what comes of a run, its model, with a card that says what it is."""

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from fmnist.models import Card, ModelStore
from fmnist.storage import write_text
from fmnist.training.recipe import command, sources_of
from fmnist.training.run import Run
from fmnist.training.status import Status
from fmnist.training.tasks.task import Measured

if TYPE_CHECKING:
    import keras


def save_result(run: Run, model: "keras.Model", status: Status, measured: Measured) -> None:
    """Keep a trained model in the run's folder, in the form of the model store.

    Args:
        run: the run.
        model: what it has trained.
        status: how far it has come.
        measured: what was measured of the model.
    """
    configuration, history = run.configuration, run.history()
    epochs = status.progress * configuration.epochs
    seconds = measured.preparation_seconds + sum(row["seconds"] for row in history)
    metrics = {**measured.metrics, "epochs": epochs, "training_seconds": seconds}
    if history and history[-1]["epoch"] == epochs and "val_accuracy" in history[-1]:
        # A task may know better: what was validated may be another thing than what predicts.
        metrics.setdefault("validation_accuracy", history[-1]["val_accuracy"])
        metrics.setdefault("validation_loss", history[-1]["val_loss"])
    sources = sources_of(configuration)
    if configuration.photos:
        # Where the photos are is this machine's own affair.
        configuration = replace(configuration, photos="PHOTOS")
    card = Card(
        dataset=configuration.dataset,
        architecture=configuration.architecture,
        parameters=model.count_params(),
        shape=tuple(model.input_shape[1:]),
        configuration=asdict(configuration),
        sources=(*measured.sources, *sources),
        split=measured.split,
        metrics=metrics,
        command=command(configuration),
        weights=measured.weights,
        temperature=measured.temperature,
        ood_threshold=measured.ood_threshold,
    )
    ModelStore(run.folder).save(run.model.name, model, card, history)
    if measured.evaluation:
        result = measured.evaluation.as_dict() | dict(measured.metrics)
        write_text(run.folder / "result.json", json.dumps(result) + "\n")
