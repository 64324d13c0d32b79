"""Checkpoints: a run's model after its last epochs, optimiser included, to go on from."""

import os
import shutil
from pathlib import Path

import keras

_KEPT = 2  # the older one, in case the disk has lost the newer


def save(model: keras.Model, run: Path, epoch: int) -> None:
    """Keep a compiled model as it is after an epoch.

    It appears under its name only once it is whole and on the disk, so that a process killed at
    any moment leaves good checkpoints.
    """
    folder = run / "checkpoints"
    folder.mkdir(exist_ok=True)
    temporary = folder / "unfinished.keras"
    model.save(temporary)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(folder / f"epoch-{epoch:04}.keras")
    for path in sorted(folder.glob("epoch-*.keras"))[:-_KEPT]:
        path.unlink()


def latest(run: Path) -> tuple[keras.Model, int] | None:
    """Load the newest checkpoint that can be read, and the number of epochs it has seen."""
    for path in sorted((run / "checkpoints").glob("epoch-*.keras"), reverse=True):
        try:
            return keras.saving.load_model(path), int(path.stem.removeprefix("epoch-"))
        except (OSError, ValueError, KeyError) as error:
            print(f"{path.name} cannot be read ({error}); trying the one before.", flush=True)
    return None


def remove(run: Path) -> None:
    """Remove all checkpoints: a run that has finished needs them no more."""
    shutil.rmtree(run / "checkpoints", ignore_errors=True)
