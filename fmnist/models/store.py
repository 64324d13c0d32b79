"""The model store: a folder of models, each a ``folder`` of four files."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fmnist.models.card import Card, ModelError
from fmnist.models.entry import Entry, read_entry
from fmnist.models.file import export_twin, exports_twins, load_keras, sha256
from fmnist.models.folder import (
    CARD,
    MODEL,
    TWIN,
    new_files,
    new_folder,
    read_history,
    write_history,
)

if TYPE_CHECKING:
    import keras

# Who answers if nobody is chosen: the first of these that can.
_PREFERRED = ("everyday", "cnn")

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class ModelStore:
    """The models in a folder.

    Args:
        root: the folder; it need not exist yet.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        """List the names of all models, usable or not, in alphabetical order."""
        if not self.root.is_dir():
            return []
        return sorted(path.name for path in self.root.iterdir() if _is_name(path.name))

    def entries(self) -> list[Entry]:
        """List all models, each with its card or with what is wrong with it."""
        return [self.entry(name) for name in self.names()]

    def entry(self, name: str) -> Entry:
        """Read one model's card and check its file of record, without loading it."""
        return read_entry(self.root / name)

    def version(self) -> tuple[tuple[str, int], ...]:
        """Tell cheaply whether anything changed: the newest file time of each model, in ns."""
        return tuple(
            (name, max((p.stat().st_mtime_ns for p in (self.root / name).glob("*")), default=0))
            for name in self.names()
        )

    def card(self, name: str) -> Card:
        """Return the card of a usable model.

        Raises:
            ModelError: if there is no such model or it cannot be used.
        """
        entry = self.entry(name)
        if entry.problem or entry.card is None:
            raise ModelError(f"The model {name} cannot be used: {entry.problem}")
        return entry.card

    def history(self, name: str) -> list[dict[str, float]]:
        """Read how its training went: one dictionary an epoch; empty if none was kept."""
        return read_history(self.root / name)

    @staticmethod
    def check_name(name: str) -> None:
        """Raise ModelError if a model cannot have that name."""
        if not _is_name(name):
            raise ModelError(
                f"A model's name has up to 40 lower-case letters, digits and hyphens; got {name!r}."
            )

    def free_name(self, wanted: str) -> str:
        """Return the name itself, or with the first number that is not taken: ``cnn-2``."""
        taken, name, number = set(self.names()), wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        return name

    def save(
        self,
        name: str,
        model: "keras.Model",
        card: Card,
        history: Sequence[Mapping[str, float]] = (),
    ) -> Card:
        """Save a model with its twin, card and history, all or nothing.

        Everything is written beside its place and moved there at the end, so that a reader sees
        the old model or the new one, never half of one. What was trained by another backend than
        TensorFlow gets its twin when it is first asked for.

        Returns:
            The card as saved, with the SHA-256 of the files.

        Raises:
            ModelError: if the name is not one of lower-case letters, digits and hyphens.
        """
        self.check_name(name)
        with new_folder(self.root / name) as folder:
            model.save(folder / MODEL)
            files = [MODEL]
            if exports_twins():
                export_twin(model, folder / TWIN)
                files.append(TWIN)
            write_history(folder, history)
            card = replace(card, sha256={file: sha256(folder / file) for file in files})
            card.write(folder / CARD)
        return card

    def adopt(self, folder: Path, name: str) -> Card:
        """Take in a copy of a model that another folder has in the same form, such as a run's.

        Returns:
            Its card.

        Raises:
            ModelError: if the model cannot be used, or the name is none for a model.
        """
        card = ModelStore(folder.parent).card(folder.name)
        self.check_name(name)
        with new_folder(self.root / name) as new:
            shutil.copytree(folder, new, dirs_exist_ok=True)
        return card

    def note(self, name: str, metrics: Mapping[str, float]) -> Card:
        """Write what was measured into a model's card, beside what is there.

        Returns:
            The card as it is now.

        Raises:
            ModelError: if the model cannot be used.
        """
        card = self.card(name)
        card = replace(card, metrics={**card.metrics, **metrics})
        with new_files(self.root / name) as folder:
            card.write(folder / CARD)
        return card

    def load_keras(self, name: str) -> "keras.Model":
        """Load the file of record, in safe mode: code inside a model file is refused.

        This imports TensorFlow (seconds). For answers, use a ``Classifier`` of the ``twin``.

        Raises:
            ModelError: if the model cannot be used.
        """
        self.card(name)
        return load_keras(self.root / name / MODEL)

    def twin(self, name: str) -> Path:
        """Return the path of the compiled twin, made again first if it is missing or damaged.

        Making it takes some ten seconds, in a process of its own: the caller's stays light.

        Raises:
            ModelError: if the model cannot be used, or the twin cannot be made.
        """
        card, path = self.card(name), self.root / name / TWIN
        if path.is_file() and sha256(path) == card.sha256.get(TWIN):
            return path
        command = [sys.executable, "-m", "fmnist", "export", name]
        root = str(self.root.resolve())
        environment = {**os.environ, "FMNIST_MODELS_DIR": root, "KERAS_BACKEND": "tensorflow"}
        made = subprocess.run(
            command, env=environment, cwd=_REPOSITORY, capture_output=True, text=True, check=False
        )
        if made.returncode:
            why = (made.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise ModelError(f"The compiled twin of {name} could not be made: {why}")
        return path

    def rebuild_twin(self, name: str) -> Path:
        """Compile the twin from the file of record, in this process, and note it in the card.

        Raises:
            ModelError: if the model cannot be used.
        """
        card = self.card(name)
        with new_files(self.root / name) as folder:
            export_twin(self.load_keras(name), folder / TWIN)
            sums = {**card.sha256, TWIN: sha256(folder / TWIN)}
            replace(card, sha256=sums).write(folder / CARD)
        return self.root / name / TWIN


_REPOSITORY = Path(__file__).resolve().parents[2]


def default_store() -> ModelStore:
    """Return the store of ``FMNIST_MODELS_DIR``, by default the models this project ships."""
    return ModelStore(Path(os.environ.get("FMNIST_MODELS_DIR") or _REPOSITORY / "models"))


def preferred(names: Sequence[str]) -> str:
    """Return who of these answers if nobody is chosen; there is at least one."""
    return next((name for name in _PREFERRED if name in names), names[0])


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None
