"""``python -m fmnist evaluate``: how good a model's answers are, on test images or photos."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from fmnist.commands.mistake import choose, sentences
from fmnist.datasets import DATASETS
from fmnist.evaluation.ood_report import measure_strangers
from fmnist.evaluation.reports import measure_folders
from fmnist.evaluation.split_report import measure_test
from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Observer
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
    if card.sharp and (drawings or dataset or not photos):
        raise ModelError(
            f"{model} looks at photos alone, beside another model. "
            "Expected a folder of them: --photos DIR, and nothing else."
        )
    # Not tempered: that changes neither the order of the classes nor the unfamiliarity.
    classifier = Classifier(store.twin(model), len(data.class_names))
    observer = Observer.load(store, model)
    figures: dict[str, Any] = {"model": model}
    lines = [model]
    measured: dict[str, float] = {}
    familiar = {}
    if dataset or not (photos or drawings):
        test = measure_test(classifier, card, data)
        figures |= test.as_dict()
        lines += test.lines()
        measured |= test.metrics()
        familiar = {"test_images": test.unfamiliarity}
    for kind, folder in (("photo", photos), ("drawing", drawings)):
        if folder:
            report = measure_folders(folder, kind, observer, data)
            figures[f"{kind}s"] = report.as_dict()
            lines += report.lines()
            measured |= report.metrics()
        # To a model of digits, digits are no strangers.
        if folder and kind == "drawing" and data is DATASETS["fashion-mnist"]:
            found = report.evaluation
            familiar = {"drawings": found.familiar} | familiar
            strangers = measure_strangers(classifier, found.strange, familiar, flips=data.flips)
            figures["strangers"] = strangers.as_dict()
            lines += strangers.lines()
            measured |= strangers.metrics()
    if note:
        store.note(model, measured)
    typer.echo(json.dumps(figures, indent=2) if as_json else "\n".join(lines))
