"""``python -m fmnist classify``: what pictures show, as a table."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from platform import node
from typing import Annotated, TextIO

import typer

from fmnist import settings
from fmnist.commands import choose, follow, sentences, track
from fmnist.datasets import DATASETS
from fmnist.inference.ensemble import Ensemble, twins
from fmnist.models import Card, ModelError, ModelStore, default_store, preferred
from fmnist.preprocessing import READERS, InputError, ModelInputs
from fmnist.preprocessing.decode import MAX_BYTES

_OOD_COLUMNS = ("verdict", "unfamiliarity")
# Of photos: how clearly the garment stands out, 0–1, and whether it is one of several things, yes
# or no. They stand last, so that the other columns are where they were.
_MASK_COLUMNS = ("mask_confidence", "several_things")

# The others hold numbers, in a table that tells them apart.
_TEXT_COLUMNS = frozenset({"label", "verdict", "error", "several_things"})

_Read = Callable[[bytes, str], ModelInputs]


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
    store = default_store()
    choose(kind, READERS, "kind of picture")
    name = model or _default(store)
    about = {"kind": kind, "model": name, **twins(store, name)}
    if out and out.suffix == ".parquet":
        _fill(paths, out, about, workers, ray)
        return
    if workers or ray:
        raise typer.BadParameter("--workers and --ray go with --out DIR.parquet.")
    answer = _answering(about)
    files = [path for path in _files(paths) if not _is_table(path, out)]
    if not files:
        raise typer.BadParameter("There are no files in these folders.")
    if out and any(_same(path, out) for path in files):
        raise typer.BadParameter(f"{out} is one of the pictures: name another file for the table.")
    answered = 0
    try:
        with _place(out) as file:
            writer = csv.writer(file)
            writer.writerow(["file", *_columns(store, name)])
            for path in track(files, "Classifying"):
                row = [str(path), *answer(path)]
                answered += bool(row[1])
                writer.writerow([_printable(cell, file.encoding) for cell in row])
    except OSError as error:
        raise typer.BadParameter(
            f"{out or 'The table'} cannot be written: {error.strerror}."
        ) from None
    if not answered:
        typer.echo("None of these could be read; the table says why.", err=True)
        raise typer.Exit(1)


def _fill(
    paths: list[Path], out: Path, about: dict[str, str], workers: int | None, ray: str | None
) -> None:
    """Fill a folder of shards, by several processes or machines; what is there already stays."""
    from fmnist.engine import executor  # pyarrow, which the other tables do without
    from fmnist.engine.pictures import Pictures
    from fmnist.engine.shards import ShardedTable

    if len(paths) > 1:
        raise typer.BadParameter(f"{out} takes one folder or one list of pictures.")
    settings.one_thread_a_product()
    columns = tuple(_columns(default_store(), about["model"]))
    with ShardedTable.filling(out) as table:
        table.plan(paths[0], about)
        total, missing = table.size(), table.missing()
        work = Pictures(table.folder, columns, _TEXT_COLUMNS, partial(_answering, about))
        sizes = executor(workers, ray).map(work, missing) if missing else ()
        for _ in follow(sizes, total, total - table.size(missing)):
            pass
        answered = table.count("label")
    typer.echo(f"{out}: {total:,} pictures, {total - answered:,} of them with an error.")
    if not answered:
        raise typer.Exit(1)


def _answering(about: dict[str, str]) -> Callable[[Path], list[str]]:
    """Load the models, and return what makes the cells of a file that stand behind its name.

    Raises:
        ModelError: if they are others than those that it is about.
    """
    store, kind, name = default_store(), about["kind"], about["model"]
    if not about.items() >= twins(store, name).items():
        raise ModelError(f"The model {name} in {store.root} is another one on {node()}.")
    card, ensemble = store.card(name), Ensemble.load(store, name, flips=kind != "image")
    read = partial(READERS[kind], pipeline=ensemble.pipeline)
    return lambda path: list(_row(path, read, ensemble, card))


def _columns(store: ModelStore, name: str) -> list[str]:
    class_names = DATASETS[store.card(name).dataset].class_names
    first = ["label", "probability", *class_names, *_OOD_COLUMNS, "error"]
    return [*first, *_MASK_COLUMNS]


def _row(path: Path, read: _Read, ensemble: Ensemble, card: Card) -> Iterable[str]:
    class_names = DATASETS[card.dataset].class_names
    nothing = [""] * (2 + len(class_names) + len(_OOD_COLUMNS))
    if path.exists() and not path.is_file():  # to open a pipe would be to wait for its writer
        return [*nothing, f"{path.name} is no file.", "", ""]
    try:
        with path.open("rb") as file:
            # One byte more than is read of a picture: enough to see that it is too large.
            inputs = read(file.read(MAX_BYTES + 1), path.name)
    except InputError as error:
        return [*nothing, str(error), "", ""]
    except OSError as error:
        return [*nothing, f"{path.name} cannot be read: {error.strerror}.", "", ""]
    prediction = ensemble.predict(inputs)
    probabilities, best = prediction.probabilities, prediction.label
    numbers = [f"{value:.6f}" for value in (probabilities[best], *probabilities)]
    verdict = prediction.verdict(card.ood_threshold)
    found = inputs.segmentation
    mask = [f"{found.confidence:.3f}", "yes" if found.left_out else "no"] if found else ["", ""]
    return [class_names[best], *numbers, verdict, f"{prediction.ood_score:.6f}", "", *mask]


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
