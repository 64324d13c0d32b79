"""``python -m fmnist cost``: what a prediction of a model costs."""

import json
from typing import Annotated

import typer

from fmnist.commands import sentences
from fmnist.evaluation.cost import measure_cost
from fmnist.models import default_store


@sentences
def cost(
    model: Annotated[str, typer.Argument(help="A model's name, see `models`.")],
    note: Annotated[
        bool, typer.Option("--note", help="Write these figures into the model's card.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Count the multiply-adds of a prediction, weigh the compiled model, and time it."""
    store = default_store()
    measured = measure_cost(store, model)
    if note:
        store.note(model, measured.metrics())
    if as_json:
        typer.echo(json.dumps({"model": model, **measured.metrics()}, indent=2))
    else:
        typer.echo(f"{model}\nmultiply-adds  {measured.multiply_adds:,}")
        typer.echo(f"bytes          {measured.bytes:,}")
        typer.echo(f"milliseconds   {measured.milliseconds:.3f}  (one image, LiteRT)")
