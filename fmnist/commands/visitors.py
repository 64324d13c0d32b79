"""``python -m fmnist visitors``: what everybody has on this server."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from fmnist import settings
from fmnist.datasets import DATASETS
from fmnist.my_images import default_collection
from fmnist.training.queue import waiting
from fmnist.training.run import Run
from fmnist.training.runs import all_runs
from fmnist.visitors import known_visitors

_OURS = "this computer"


def visitors(
    stop: Annotated[
        list[str] | None, typer.Option(metavar="RUN", help="Stop a run; what it reached is kept.")
    ] = None,
) -> None:
    """List everybody's runs and images, where each visitor has their own (FMNIST_CLASS=1)."""
    runs = {run.id: run for run in all_runs()}
    for name in stop or ():
        if name not in runs:
            raise typer.BadParameter(f"There is no run called {name} in {settings.runs_folder()}.")
        runs[name].stop()
    if runs:
        Console().print(_runs_table(list(runs.values())))
    images = _images_table()
    if images.row_count:
        Console().print(images)
    if not runs and not images.row_count:
        print("Nobody has trained or kept anything yet.")


def _runs_table(runs: list[Run]) -> Table:
    table = _table("Run", "Whose", "Network", "Epochs", "State", "Test accuracy")
    order = [folder.name for folder in waiting(settings.runs_folder())]
    for run in runs:
        try:
            configuration = run.configuration
        except (OSError, ValueError) as error:
            table.add_row(run.id, run.visitor or _OURS, "", "", str(error), "")
            continue
        state, result = run.status().state.value, run.result()
        if run.id in order:
            state += f", {order.index(run.id) + 1} of {len(order)}"
        table.add_row(
            run.id,
            run.visitor or _OURS,
            configuration.architecture,
            str(configuration.epochs),
            state,
            f"{result['accuracy']:.4f}" if result else "",
        )
    return table


def _images_table() -> Table:
    table = _table("Images of", "Data set", "Images", "Folder")
    for visitor in (None, *known_visitors()):
        for dataset in DATASETS.values():
            collection = default_collection(dataset, visitor)
            if n := len(collection.read()[0]):
                table.add_row(visitor or _OURS, dataset.title, str(n), str(collection.folder))
    return table


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    return table
