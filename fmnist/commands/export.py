"""``python -m fmnist export``: compile a model's twin again."""

from typing import Annotated

import typer

from fmnist.commands import sentences
from fmnist.models import default_store


@sentences
def export(name: Annotated[str, typer.Argument(help="A model's name, see `models`.")]) -> None:
    """Compile a model's LiteRT twin from its .keras file."""
    typer.echo(default_store().rebuild_twin(name))
