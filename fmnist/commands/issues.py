"""``python -m fmnist issues``: which labels are doubtful, and which images occur twice."""

from datetime import UTC, datetime
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from fmnist import settings
from fmnist.commands import choose, sentences
from fmnist.datasets import DATASETS, Dataset, Split
from fmnist.exploration.confident_learning import find_label_issues
from fmnist.exploration.issues import Issues, Made, data_digest, write_issues
from fmnist.exploration.near_duplicates import count_exact_duplicates, find_near_duplicates
from fmnist.inference.ensemble import Ensemble
from fmnist.inference.kept_outputs import OutputsKey, read_outputs
from fmnist.inference.predictions import Predictions
from fmnist.models import ModelError, default_store, preferred
from fmnist.models.card import machine
from fmnist.models.folder import OUTPUTS, TWIN
from fmnist.training.configuration import Configuration


@sentences
def issues(
    name: Annotated[
        str, typer.Argument(metavar="[DATASET]", help=f"One of {', '.join(DATASETS)}.")
    ] = "fashion-mnist",
    folds: Annotated[int, typer.Option(min=2, help="Networks to train, each on the rest.")] = 4,
    epochs: Annotated[int, typer.Option(min=1, help="Of each network.")] = 5,
) -> None:
    """Find doubtful labels by confident learning, and near-duplicates; the app shows them.

    Half an hour on two busy cores. A fold that is done is kept: the same command goes on.
    """
    from fmnist.exploration.cross_validation import out_of_sample  # TensorFlow

    dataset = choose(name, DATASETS, "data set")
    train, test = dataset.load("train"), dataset.load("test")
    configuration = Configuration(
        architecture="cnn",
        dataset=dataset.name,
        epochs=epochs,
        learning_rate=0.003,
        schedule="one-cycle",
        augmentation="flip" if dataset.flips else "none",
        validation_share=0.0,
    )
    probabilities = out_of_sample(configuration, train, folds, typer.echo)
    accuracy = float((probabilities.argmax(axis=1) == train.labels).mean())
    typer.echo(f"Right on what they had not learnt from: {accuracy:.4f}")
    model, answers = _answers(dataset, test)
    typer.echo("Near-duplicates")
    found = Issues(
        labels={
            "train": find_label_issues(train.labels, probabilities),
            "test": find_label_issues(test.labels, answers),
        },
        near=find_near_duplicates(test.images, train.images),
        exact=count_exact_duplicates([train.images, test.images]),
        made=Made(
            command=f"python -m fmnist issues {name} --folds {folds} --epochs {epochs}",
            network=f"{configuration.architecture}, {epochs} epochs",
            folds=folds,
            accuracy=accuracy,
            model=model,
            machine=machine(),
            date=datetime.now(UTC).isoformat(timespec="seconds"),
        ),
    )
    digest = data_digest({"train": _identified(train), "test": _identified(test)})
    path = settings.issues_file(name)
    write_issues(path, digest, found)
    doubtful = ", ".join(f"{len(each.images):,} {half}" for half, each in found.labels.items())
    typer.echo(
        f"{path}: doubtful labels {doubtful}; near-duplicates {len(found.near.test):,}, "
        f"exact ones {found.exact:,}"
    )


def _answers(dataset: Dataset, test: Split) -> tuple[str, NDArray[np.float32]]:
    """Return the name of the model of a data set that predicts by default, and what it says."""
    store = default_store()
    names = [
        entry.name
        for entry in store.entries()
        if entry.selectable and entry.card and entry.card.dataset == dataset.name
    ]
    if not names:
        raise ModelError(f"There is no model of {dataset.title} to answer the test images.")
    name = preferred(names)
    key = OutputsKey.of(store.card(name).sha256[TWIN], test.images)
    outputs = read_outputs(store.folder(name) / OUTPUTS, key)
    return name, Predictions(Ensemble.load(store, name).classifier, test.images, outputs).all()


def _identified(split: Split) -> tuple[str, NDArray[np.uint8]]:
    return OutputsKey.of("", split.images).images, split.labels
