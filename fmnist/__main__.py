"""The command line: ``python -m fmnist``, or ``fmnist`` once installed, one file a command."""

import typer

from fmnist.commands.app import app
from fmnist.commands.classify import classify
from fmnist.commands.cost import cost
from fmnist.commands.data import data
from fmnist.commands.embed import embed
from fmnist.commands.evaluate import evaluate
from fmnist.commands.export import export
from fmnist.commands.features import features
from fmnist.commands.issues import issues
from fmnist.commands.models import models
from fmnist.commands.robustness import robustness
from fmnist.commands.sweep import sweep
from fmnist.commands.train import train
from fmnist.commands.visitors import visitors
from fmnist.commands.worker import worker

cli = typer.Typer(
    help="Meet an image classifier: Fashion-MNIST from data to prediction.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    *(data, train, sweep, models, evaluate, cost, classify),
    *(export, features, robustness, issues, embed, visitors),
):
    cli.command()(command)
cli.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(app)
cli.command(hidden=True)(worker)


def main() -> None:
    """Run the installed command ``fmnist``."""
    cli(prog_name="fmnist")


if __name__ == "__main__":
    cli(prog_name="python -m fmnist")
