"""``python -m fmnist evaluate``: how good a model's predictions are, on test images or photos."""

import json
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from fmnist.commands import choose, sentences, track
from fmnist.datasets import DATASETS
from fmnist.evaluation.drawing_report import measure_drawings
from fmnist.evaluation.mask_report import measure_masks
from fmnist.evaluation.ood_probes import measure_ood
from fmnist.evaluation.photo_report import measure_photos
from fmnist.evaluation.split_report import measure_test
from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Ensemble
from fmnist.inference.kept_outputs import write_outputs
from fmnist.models import ModelError, default_store
from fmnist.models.folder import OUTPUTS


def _folder(text: str) -> Any:
    """Return the option of a folder that exists."""
    return typer.Option(exists=True, file_okay=False, help=text)


@sentences
def evaluate(
    model: Annotated[str, typer.Argument(help="A model's name, see `models`.")],
    dataset: Annotated[
        str | None, typer.Option(help="Data set; by default the one it was trained on.")
    ] = None,
    photos: Annotated[
        Path | None,
        _folder("A folder of photos, a sub-folder for each kind; or of several such folders."),
    ] = None,
    drawings: Annotated[
        Path | None,
        _folder("The same of drawings, or Quick, Draw! .ndjson."),
    ] = None,
    masks: Annotated[
        Path | None,
        _folder("Photos with masks of what each pixel shows: photos, masks, labels.json."),
    ] = None,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Only the photos that training holds out.")
    ] = False,
    note: Annotated[
        bool,
        typer.Option(
            "--note", help="Keep these figures on the model's card, and its answers beside it."
        ),
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
            f"{model} predicts the classes of {trained_on.title} "
            f"({', '.join(trained_on.class_names)}), which are not those of {data.title}."
        )
    if held_out and not (photos or masks):
        raise ModelError(
            "Which photos training holds out is asked for, but no photos are named. Expected a "
            "folder of them beside --held-out: --photos DIR."
        )
    if card.takes_photos and (drawings or dataset or not (photos or masks)):
        raise ModelError(
            f"{model} looks at photos alone, beside another model. "
            "Expected a folder of them: --photos DIR, and nothing else."
        )
    # Not tempered: that changes neither the order of the classes nor the OOD scores.
    classifier = Classifier(store.twin(model), len(data.class_names))
    ensemble = Ensemble.load(store, model)
    figures: dict[str, Any] = {"model": model}
    lines = [model]
    measured: dict[str, float] = {}
    in_distribution = {}
    test = None
    if dataset or not (photos or masks or drawings):
        test = measure_test(classifier, card, data)
        figures |= test.as_dict()
        lines += test.lines()
        measured |= test.metrics()
        in_distribution = {"test_images": test.ood_scores}
    if photos:
        looked_at = measure_photos(
            photos,
            ensemble,
            data,
            card.ood_threshold,
            held_out=held_out,
            track=partial(track, words="Reading photos"),
        )
        figures["photos"] = looked_at.as_dict()
        lines += looked_at.lines()
        measured |= looked_at.metrics()
    if masks:
        pixels = measure_masks(
            masks, ensemble, data, held_out=held_out, track=partial(track, words="Reading masks")
        )
        figures["masks"] = pixels.as_dict()
        lines += pixels.lines()
        measured |= pixels.metrics()
    if drawings:
        report = measure_drawings(
            drawings, ensemble, data, partial(track, words="Reading drawings")
        )
        figures["drawings"] = report.as_dict()
        lines += report.lines()
        measured |= report.metrics()
        # To a model of digits, digits are in distribution.
        if data is DATASETS["fashion-mnist"]:
            drawn = report.evaluation
            in_distribution = {"drawings": drawn.in_distribution} | in_distribution
            probes = measure_ood(classifier, drawn.ood, in_distribution, flips=data.flips)
            figures["strangers"] = probes.as_dict()
            lines += probes.lines()
            measured |= probes.metrics()
    if note:
        store.note(model, measured)
        if test:
            write_outputs(store.own_folder(model) / OUTPUTS, test.key, test.outputs)
    typer.echo(json.dumps(figures, indent=2) if as_json else "\n".join(lines))
