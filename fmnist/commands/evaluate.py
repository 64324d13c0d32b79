"""``python -m fmnist evaluate``: how good a model's answers are, on test images or photos."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from fmnist.classifier import Classifier
from fmnist.commands.folder_report import measure_folders
from fmnist.commands.mistake import choose, sentences
from fmnist.datasets import DATASETS, Dataset
from fmnist.evaluation import Evaluation
from fmnist.evaluation import evaluate as score
from fmnist.models import ModelError, default_store


@sentences
def evaluate(
    model: Annotated[str, typer.Argument(help="A model's name, see `models`.")],
    dataset: Annotated[
        str | None, typer.Option(help="Data set; by default the one it was trained on.")
    ] = None,
    photos: Annotated[
        Path | None,
        typer.Option(
            exists=True, file_okay=False, help="A folder of photos, a sub-folder for each class."
        ),
    ] = None,
    drawings: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="The same of drawings, or Quick, Draw! .ndjson.",
        ),
    ] = None,
    note: Annotated[
        bool, typer.Option("--note", help="Write these figures into the model's card.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Score a model on the test images or, where they are named, on real photos and drawings."""
    store = default_store()
    card = store.card(model)
    trained_on = DATASETS[card.dataset]
    data = choose(dataset, DATASETS, "data set") if dataset else trained_on
    if data.class_names != trained_on.class_names:
        raise ModelError(
            f"{model} answers with the classes of {trained_on.title} "
            f"({', '.join(trained_on.class_names)}), which are not those of {data.title}."
        )
    classifier = Classifier(store.twin(model), len(data.class_names), card.temperature)
    figures: dict[str, Any] = {"model": model}
    lines = [model]
    measured: dict[str, float] = {}
    if dataset or not (photos or drawings):
        test = data.load("test")
        result = score(classifier.predict_proba(test.images), test.labels)
        figures |= _figures(result, data)
        lines += _lines(result, data)
    for kind, folder in (("photo", photos), ("drawing", drawings)):
        if folder:
            report = measure_folders(folder, kind, classifier, data.class_names)
            figures[f"{kind}s"] = report.as_dict()
            lines += report.lines()
            measured |= report.metrics()
    if note:
        store.note(model, measured)
    typer.echo(json.dumps(figures, indent=2) if as_json else "\n".join(lines))


def _figures(result: Evaluation, data: Dataset) -> dict[str, Any]:
    figures = result.as_dict()
    per_class = dict(zip(data.class_names, figures["per_class_accuracy"], strict=True))
    return figures | {"dataset": data.name, "per_class_accuracy": per_class}


def _lines(result: Evaluation, data: Dataset) -> Iterator[str]:
    yield f"{result.n:,} test images of {data.title}"
    yield f"accuracy {result.accuracy:.4f}"
    yield f"loss     {result.loss:.4f}"
    width = max(map(len, data.class_names))
    for name, accuracy in zip(data.class_names, result.per_class_accuracy, strict=True):
        yield f"  {name:{width}}  {accuracy:.4f}"
