"""``python -m fmnist worker``: the process of a run; ``training.process`` starts it, not people."""

import os
import select
import sys
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from fmnist.training.process import PATIENCE, step_back
from fmnist.training.run import Run
from fmnist.training.worker import work


def worker(
    folder: Annotated[
        Path | None,
        typer.Argument(help="The folder of the run; without one it is awaited as a line of input."),
    ] = None,
) -> None:
    """Do what a training run needs, from its turn to its model."""
    step_back()
    if folder is not None:
        work(Run(folder))
        return
    loading = Thread(target=import_module, args=("keras",), daemon=True)
    loading.start()
    ready, _, _ = select.select([sys.stdin], [], [], PATIENCE)
    line = sys.stdin.readline().strip() if ready else ""
    if not line:
        os._exit(0)  # nobody came, or whoever started it is gone; what loads need not finish
    run = Run(Path(line))
    with run.log_file.open("a", encoding="utf-8") as log:
        for stream in (1, 2):
            os.dup2(log.fileno(), stream)
    work(run, loading.join)
