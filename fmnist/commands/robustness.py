"""``python -m fmnist robustness``: how far images may change until a model fails."""

from typing import Annotated

import typer

from fmnist.commands import sentences
from fmnist.datasets import DATASETS
from fmnist.evaluation.robustness import measure_robustness
from fmnist.explanation.perturbation import PERTURBATIONS
from fmnist.inference.classifier import Classifier
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import ModelError, default_store
from fmnist.models.folder import ROBUSTNESS, TWIN


@sentences
def robustness(
    name: Annotated[str, typer.Argument(help="A model's name, see `models`.")],
    n: Annotated[int, typer.Option("--images", min=1, help="How many, the first ones.")] = 2000,
) -> None:
    """Measure accuracy on changed test images, at five strengths; the Models page shows it."""
    store = default_store()
    card = store.card(name)
    if card.takes_photos:
        raise ModelError(f"{name} looks at photos alone, of which there are none in its data set.")
    dataset = DATASETS[card.dataset]
    split = dataset.load("test")
    classifier = Classifier(store.twin(name), len(dataset.class_names))
    images, labels = split.images[:n], split.labels[:n]
    measured = measure_robustness(classifier, images, labels)
    measured.write(
        store.own_folder(name) / ROBUSTNESS, OutputsKey.of(card.sha256[TWIN], split.images)
    )
    typer.echo(f"{name}, the first {measured.n:,} test images; unchanged, and at five strengths")
    for key, shares in measured.accuracies.items():
        row = " ".join(f"{share:.3f}" for share in shares)
        typer.echo(f"{PERTURBATIONS[key].title:<12} {row}")
