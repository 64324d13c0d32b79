"""``python -m fmnist classify``: what pictures show, as a table."""

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated, TextIO

import typer

from fmnist.commands import choose, sentences, track
from fmnist.datasets import DATASETS
from fmnist.inference.ensemble import Ensemble, Prediction
from fmnist.inference.garments import read_garments
from fmnist.models import Card, ModelError, ModelStore, default_store, preferred
from fmnist.preprocessing import READERS, InputError, ModelInputs, decode_photo
from fmnist.preprocessing.decode import MAX_BYTES
from fmnist.preprocessing.readers import Reader, nothing_stands_out

_OOD_COLUMNS = ("verdict", "unfamiliarity")
# Of photos: how clearly the garment stands out, 0–1, and whether it is one of several things, yes
# or no. They stand last, so that the other columns are where they were.
_MASK_COLUMNS = ("mask_confidence", "several_things")

# With --each: which garment it is, the first being what the photo is about; the box around it and
# how much of the picture it covers, as shares.
_GARMENT_COLUMNS = ("garment", "left", "top", "right", "bottom", "share")

# From a file's content to what is asked about, each with its cells of ``_GARMENT_COLUMNS``.
_Read = Callable[[bytes, str], list[tuple[ModelInputs, Prediction, list[str]]]]


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
        Path | None, typer.Option(help="A CSV file to write; by default standard output.")
    ] = None,
) -> None:
    """Classify pictures: a row each with label, probabilities and, if it is bad, the error."""
    if each and kind != "photo":
        raise typer.BadParameter(f"--each tells the garments in photos apart; a {kind} shows one.")
    store = default_store()
    name = model or _default(store)
    card = store.card(name)
    dataset = DATASETS[card.dataset]
    class_names = dataset.class_names
    ensemble = Ensemble.load(store, name, flips=kind != "image")
    reader = choose(kind, READERS, "kind of picture")
    read = partial(_every_garment, ensemble) if each else partial(_whole, ensemble, reader)
    last = [*_MASK_COLUMNS, *(_GARMENT_COLUMNS if each else ())]
    files = [path for path in _files(paths) if not _is_table(path, out)]
    if not files:
        raise typer.BadParameter("There are no files in these folders.")
    if out and any(_same(path, out) for path in files):
        raise typer.BadParameter(f"{out} is one of the pictures: name another file for the table.")
    first = ["file", "label", "probability", *class_names, *_OOD_COLUMNS, "error"]
    answered = 0
    try:
        with _place(out) as file:
            writer = csv.writer(file)
            writer.writerow([*first, *last])
            for path in track(files, "Classifying"):
                for cells in _rows(path, read, card, len(first) + len(last) - 1):
                    row = [str(path), *cells]
                    answered += bool(row[1])
                    writer.writerow([_printable(cell, file.encoding) for cell in row])
    except OSError as error:
        raise typer.BadParameter(
            f"{out or 'The table'} cannot be written: {error.strerror}."
        ) from None
    if not answered:
        typer.echo("None of these could be read; the table says why.", err=True)
        raise typer.Exit(1)


def _rows(path: Path, read: _Read, card: Card, width: int) -> Iterator[list[str]]:
    """Yield the cells of each row of a picture but the first: one if it cannot be read."""
    class_names = DATASETS[card.dataset].class_names
    error_at = 2 + len(class_names) + len(_OOD_COLUMNS)

    def problem(sentence: str) -> list[str]:
        return [*[""] * error_at, sentence, *[""] * (width - error_at - 1)]

    if path.exists() and not path.is_file():  # to open a pipe would be to wait for its writer
        yield problem(f"{path.name} is no file.")
        return
    try:
        with path.open("rb") as file:
            # One byte more than is read of a picture: enough to see that it is too large.
            found = read(file.read(MAX_BYTES + 1), path.name)
    except InputError as error:
        yield problem(str(error))
        return
    except OSError as error:
        yield problem(f"{path.name} cannot be read: {error.strerror}.")
        return
    for inputs, prediction, garment in found:
        probabilities, best = prediction.probabilities, prediction.label
        numbers = [f"{value:.6f}" for value in (probabilities[best], *probabilities)]
        verdict, strange = prediction.verdict(card.ood_threshold), f"{prediction.ood_score:.6f}"
        mask = ["", ""]
        if segmentation := inputs.segmentation:
            several = "yes" if segmentation.left_out else "no"
            mask = [f"{segmentation.confidence:.3f}", several]
        yield [class_names[best], *numbers, verdict, strange, "", *mask, *garment]


def _whole(
    ensemble: Ensemble, reader: Reader, data: bytes, name: str
) -> list[tuple[ModelInputs, Prediction, list[str]]]:
    inputs = reader(data, name, ensemble.pipeline)
    return [(inputs, ensemble.predict(inputs), [])]


def _every_garment(
    ensemble: Ensemble, data: bytes, name: str
) -> list[tuple[ModelInputs, Prediction, list[str]]]:
    garments = read_garments(ensemble, decode_photo(data, name))
    if not garments[0].made.model_inputs.image.any():
        raise nothing_stands_out(name, ensemble.pipeline)
    found = []
    for number, garment in enumerate(garments, 1):
        (top, left, bottom, right), share = garment.place
        place = [f"{x:.4f}" for x in (left, top, right, bottom, share)]
        found.append((garment.made.model_inputs, garment.prediction, [str(number), *place]))
    return found


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
