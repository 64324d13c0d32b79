"""The command line: ``python -m fmnist``, one file a command in ``fmnist.commands``."""

import typer

from fmnist.commands.classify import classify
from fmnist.commands.cost import cost
from fmnist.commands.data import data
from fmnist.commands.evaluate import evaluate
from fmnist.commands.export import export
from fmnist.commands.models import models
from fmnist.commands.train import train
from fmnist.commands.worker import work

app = typer.Typer(
    help="Meet an image classifier: Fashion-MNIST from data to answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (data, train, models, evaluate, cost, classify, export):
    app.command()(command)
app.command(hidden=True)(work)

if __name__ == "__main__":
    app(prog_name="python -m fmnist")
