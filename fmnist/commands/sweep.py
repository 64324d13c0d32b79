"""``python -m fmnist sweep``: train many configurations, and compare them in a table."""

import csv
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from fmnist.commands import follow, sentences
from fmnist.training.runs import runs_of
from fmnist.training.status import State
from fmnist.training.sweep import in_hand, read_sweep, results, train_all
from fmnist.training.tasks import TASKS


@sentences
def sweep(
    file: Annotated[
        Path,
        typer.Argument(help="JSON: options, with lists for what varies; or a list of such."),
    ],
    out: Annotated[
        Path | None, typer.Option(help="A CSV file for the table; by default standard output.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="With --ray: runs at once; by default one a machine."),
    ] = None,
    ray: Annotated[
        str | None, typer.Option(help="A Ray cluster's address; local starts one here.")
    ] = None,
) -> None:
    """Train every combination of options as a run, and compare them in a table, best first.

    What has finished is not trained anew: the same command goes on. {"units": [64, 128],
    "dropout": [0, 0.4], "architecture": "dense", "epochs": 5} are four; "recipe": ["cnn", "tiny"]
    lets recipes vary.
    """
    try:
        configurations = read_sweep(file)
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    for configuration in configurations:
        TASKS[configuration.task].check(configuration)
    if workers and not ray:
        raise typer.BadParameter("--workers goes with --ray: on one machine one run trains.")
    finished = [each for each, run in runs_of(configurations).items() if run.finished]
    missing = [each for each in configurations if each not in finished]
    ends = train_all(missing, workers, ray) if missing else ()
    try:
        for _ in follow(ends, len(configurations), len(finished), lambda: in_hand(missing)):
            pass
    finally:
        rows = results(configurations)
        _write(rows, out)
    if failed := [row for row in rows if row["state"] != State.FINISHED]:
        typer.echo(
            f"{len(failed)} of {len(configurations)} runs have not finished, as the table says. "
            "The same command tries them again.",
            err=True,
        )
        raise typer.Exit(1)


def _write(rows: list[dict[str, Any]], out: Path | None) -> None:
    if not rows:
        return
    try:
        place = out.open("w", encoding="utf-8", newline="") if out else nullcontext(sys.stdout)
        with place as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise typer.BadParameter(f"{out} cannot be written: {error.strerror}.") from None
