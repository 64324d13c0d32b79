"""``python -m fmnist classify``: what pictures show, as a table."""

import csv
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated, TextIO

import typer

from fmnist import settings
from fmnist.commands import choose, follow, sentences, track
from fmnist.inference.answers import TEXT_COLUMNS, about, answering, columns
from fmnist.models import ModelError, ModelStore, default_store, preferred
from fmnist.preprocessing import READERS


def _path(text: str) -> Path:
    if not text:
        raise typer.BadParameter("expected a file or a folder; got an empty name.")
    return Path(text)


@sentences
def classify(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Pictures, or folders of them.", parser=_path),
    ],
    model: Annotated[
        str | None, typer.Option(help="A model's name; by default everyday, or cnn.")
    ] = None,
    kind: Annotated[
        str, typer.Option(help=f"Among {', '.join(READERS)}; image: 28×28, as the model sees it.")
    ] = "photo",
    each: Annotated[
        bool, typer.Option("--each", help="Of photos, a row for each garment in the picture.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file to write, by default standard output; or, for millions of pictures, "
            "DIR.parquet: a folder of shards, with which the same command goes on."
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="With DIR.parquet: processes at once; by default all cores."),
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(help="With DIR.parquet: a Ray cluster's address; local starts one here."),
    ] = None,
) -> None:
    """Classify pictures: a row each with label, probabilities and, if it is bad, the error.

    With --out DIR.parquet PATH is a folder, or a list of pictures: a .txt with a path a line, or a
    .csv or .parquet with a column path and perhaps one id.
    """
    if each and kind != "photo":
        raise typer.BadParameter(f"--each tells the garments in photos apart; a {kind} shows one.")
    store = default_store()
    choose(kind, READERS, "kind of picture")
    asked = about(store, model or _default(store), kind, each)
    if out and out.suffix == ".parquet":
        _fill(paths, out, asked, workers, ray)
        return
    if workers or ray:
        raise typer.BadParameter("--workers and --ray go with --out DIR.parquet.")
    answer = answering(asked)
    files = [path for path in _files(paths) if not _is_table(path, out)]
    if not files:
        raise typer.BadParameter("There are no files in these folders.")
    if out and any(_same(path, out) for path in files):
        raise typer.BadParameter(f"{out} is one of the pictures: name another file for the table.")
    answered = 0
    try:
        with _place(out) as file:
            writer = csv.writer(file)
            writer.writerow(["file", *columns(asked)])
            for path in track(files, "Classifying"):
                for cells in answer(path):
                    answered += bool(cells[0])
                    row = [str(path), *cells]
                    writer.writerow([_printable(cell, file.encoding) for cell in row])
    except OSError as error:
        raise typer.BadParameter(
            f"{out or 'The table'} cannot be written: {error.strerror}."
        ) from None
    if not answered:
        typer.echo("None of these could be read; the table says why.", err=True)
        raise typer.Exit(1)


def _fill(
    paths: list[Path], out: Path, asked: dict[str, str], workers: int | None, ray: str | None
) -> None:
    """Fill a folder of shards, by several processes or machines; what is there already stays."""
    from fmnist.engine import executor  # pyarrow, which the other tables do without
    from fmnist.engine.pictures import Pictures
    from fmnist.engine.shards import ShardedTable

    if len(paths) > 1:
        raise typer.BadParameter(f"{out} takes one folder or one list of pictures.")
    settings.one_thread_a_product()
    with ShardedTable.filling(out) as table:
        table.plan(paths[0], asked)
        total, missing = table.size(), table.missing()
        work = Pictures(
            table.folder, tuple(columns(asked)), TEXT_COLUMNS, partial(answering, asked)
        )
        sizes = executor(workers, ray).map(work, missing) if missing else ()
        for _ in follow(sizes, total, total - table.size(missing)):
            pass
        answered, errors = table.count("label"), table.count("error")
    typer.echo(f"{out}: {total:,} pictures, {errors:,} of them with an error.")
    if not answered:
        raise typer.Exit(1)


def _place(out: Path | None) -> AbstractContextManager[TextIO]:
    """Open the table's place; a line is written as it is made, and is there if work ends early."""
    if out is None:
        return nullcontext(sys.stdout)
    return out.open("w", encoding="utf-8", newline="", buffering=1)


def _same(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


def _is_table(path: Path, out: Path | None) -> bool:
    """Tell whether a file is the table of an earlier call, in the folder that it reads."""
    if out is None or not _same(path, out) or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(11) in (b"", b"file,label,")


def _printable(text: str, encoding: str | None) -> str:
    """Return a text, a file's name say, in letters that can be written."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _files(paths: list[Path]) -> Iterator[Path]:
    """List the files, those of folders in alphabetical order and without the hidden ones."""
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("[!.]*") if p.is_file())
            hidden = (p for p in inside if not any(x[0] == "." for x in p.relative_to(path).parts))
            yield from sorted(hidden)
        else:
            yield path


def _default(store: ModelStore) -> str:
    usable = [entry.name for entry in store.entries() if entry.selectable]
    if not usable:
        raise ModelError(
            f"There is no model in {store.root} that can be used. "
            "Make one: python -m fmnist train cnn"
        )
    return preferred(usable)
