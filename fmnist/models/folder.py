"""A model's folder, which readers see whole at any moment: its four files, and how they change.

``model.keras`` is the file of record, ``model.tflite`` its compiled twin, ``card.json`` says what
it is and holds the SHA-256 of both, and ``history.csv`` is how its training went.
"""

import csv
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

MODEL, TWIN, CARD, HISTORY = "model.keras", "model.tflite", "card.json", "history.csv"


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """Give an empty folder, and move it to a place once it was filled in peace.

    One that stands there already goes.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        yield folder
        folder.chmod(0o755)  # mkdtemp keeps everybody else out
        _move_into_place(folder, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_files(folder: Path) -> Iterator[Path]:
    """Give an empty folder, and move the files that were put there in peace to a model's folder."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        yield Path(temporary)
        # The card last, which vouches for the others.
        for path in sorted(Path(temporary).iterdir(), key=lambda path: path.name == CARD):
            path.replace(folder / path.name)


def read_history(folder: Path) -> list[dict[str, float]]:
    """Read how a model's training went: one dictionary an epoch; empty if none was kept."""
    path = folder / HISTORY
    if not path.is_file():
        return []
    with path.open(newline="") as file:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]


def write_history(folder: Path, history: Sequence[Mapping[str, float]]) -> None:
    """Write what ``read_history`` reads; nothing if there is nothing."""
    if not history:
        return
    with (folder / HISTORY).open("w", newline="") as file:
        writer = csv.DictWriter(file, list(history[0]))
        writer.writeheader()
        writer.writerows(history)


def _move_into_place(folder: Path, place: Path) -> None:
    if place.exists():
        # A folder cannot be replaced in one step, so the old one steps aside under a hidden name.
        aside = Path(tempfile.mkdtemp(prefix=f".{place.name}-old-", dir=place.parent))
        place.replace(aside)
        folder.replace(place)
        shutil.rmtree(aside)
    else:
        folder.replace(place)
