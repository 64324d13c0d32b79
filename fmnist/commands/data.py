"""``python -m fmnist data``: what is on this machine, fetching what is not, and Kaggle's form."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from fmnist.datasets import DATASETS, Dataset, DataUnavailableError, SplitName
from fmnist.datasets.formats import SPLITS, kaggle
from fmnist.storage import replacing


def data(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DATASET]...", help=f"Among {', '.join(DATASETS)}; or all."),
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Download what is missing.")] = False,
    csv: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Write both splits there as CSV, in Kaggle's form."),
    ] = None,
) -> None:
    """List the data sets: what is here, from where, and whether it is the publisher's."""
    for name in names or ():
        if name not in DATASETS:
            raise typer.BadParameter(f"'{name}' is no data set; choose from {', '.join(DATASETS)}.")
    chosen = [DATASETS[name] for name in dict.fromkeys(names or DATASETS)]
    failures = [
        failure
        for dataset in (chosen if fetch else ())
        for status in dataset.status()
        if not status.n and (failure := _fetch(dataset, status.split))
    ]
    Console().print(_table(chosen))
    if csv:
        failures += [failure for dataset in chosen if (failure := _export(dataset, csv))]
    for failure in failures:
        typer.echo(f"\n{failure}", err=True)
    if failures:
        raise typer.Exit(1)


def _fetch(dataset: Dataset, split: SplitName) -> str | None:
    """Fetch a split with a progress bar; return what went wrong in words, if anything did."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(f"{dataset.title}, {split}", total=None)
        try:
            dataset.load(
                split, lambda done, total: bar.update(task, completed=done, total=total or None)
            )
        except DataUnavailableError as error:
            return str(error)
    return None


def _export(dataset: Dataset, folder: Path) -> str | None:
    """Write both splits in Kaggle's form; return what went wrong in words, if anything did."""
    try:
        for split in SPLITS:
            content = dataset.load(split, download=False)
            path = folder / kaggle.name(dataset.name, split)
            with replacing(path) as temporary, temporary.open("wb") as file:
                file.writelines(kaggle.written(content.images, content.labels))
            typer.echo(f"{path}: {len(content):,} images, {path.stat().st_size / 1e6:.0f} MB")
    except DataUnavailableError as error:
        return str(error)
    except OSError as error:
        return f"{folder} cannot be written: {error.strerror}."
    return None


def _table(datasets: list[Dataset]) -> Table:
    table = Table("Data set", "Split", "Images", "Verified", "From", box=None, pad_edge=False)
    for dataset in datasets:
        for status in dataset.status():
            if status.path:
                where = f"{status.source}, {status.path.parent}"
            else:
                where = f"not here ({'; '.join(': '.join(reason) for reason in status.reasons)})"
            verified = ("yes" if status.verified else "no") if status.path else ""
            # As Text, so that brackets in a path are no markup and long paths are not shortened.
            cell = Text(where, overflow="fold")
            table.add_row(dataset.title, status.split, f"{status.n:,}", verified, cell)
    return table
