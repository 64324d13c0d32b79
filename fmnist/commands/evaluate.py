"""``python -m fmnist evaluate``: how good a model's answers are on a data set's test images."""

import json
from typing import Annotated

import typer

from fmnist.classifier import Classifier
from fmnist.commands.mistake import choose, sentences
from fmnist.datasets import DATASETS
from fmnist.evaluation import evaluate as score
from fmnist.models import ModelError, default_store


@sentences
def evaluate(
    model: Annotated[str, typer.Argument(help="A model's name, see `models`.")],
    dataset: Annotated[
        str | None, typer.Option(help="Data set; by default the one it was trained on.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Score a model on the test images: accuracy, loss, accuracy per class."""
    store = default_store()
    card = store.card(model)
    trained_on = DATASETS[card.dataset]
    data = choose(dataset, DATASETS, "data set") if dataset else trained_on
    if data.class_names != trained_on.class_names:
        raise ModelError(
            f"{model} answers with the classes of {trained_on.title} "
            f"({', '.join(trained_on.class_names)}), which are not those of {data.title}."
        )
    test = data.load("test")
    classifier = Classifier(store.twin(model), len(data.class_names))
    result = score(classifier.predict_proba(test.images), test.labels)
    figures = result.as_dict()
    if as_json:
        per_class = dict(zip(data.class_names, figures["per_class_accuracy"], strict=True))
        figures |= {"model": model, "dataset": data.name, "per_class_accuracy": per_class}
        typer.echo(json.dumps(figures, indent=2))
        return
    typer.echo(f"{model} on the {result.n:,} test images of {data.title}")
    typer.echo(f"accuracy {result.accuracy:.4f}")
    typer.echo(f"loss     {result.loss:.4f}")
    width = max(map(len, data.class_names))
    for name, accuracy in zip(data.class_names, result.per_class_accuracy, strict=True):
        typer.echo(f"  {name:{width}}  {accuracy:.4f}")
