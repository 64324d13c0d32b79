"""``python -m fmnist worker``: the process of a run; ``Run.start`` calls it, people do not."""

from pathlib import Path
from typing import Annotated

import typer

from fmnist.training.run import Run
from fmnist.training.worker import work


def worker(folder: Annotated[Path, typer.Argument(help="The folder of the run.")]) -> None:
    """Do what a training run needs, from its place in the queue to its model."""
    work(Run(folder))
