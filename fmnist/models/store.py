"""The model store: a folder of models, each a ``folder`` of four files."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fmnist import settings
from fmnist.models.card import Card, ModelError
from fmnist.models.file import export_twin, exports_twins, load_keras
from fmnist.models.folder import CARD, HISTORY, MODEL, TWIN, Entry, read_entry
from fmnist.storage import adding_files, read_rows, replacing_folder, sha256, stamps, write_rows

if TYPE_CHECKING:
    import keras

# Who predicts if nobody is chosen: the first of these that can.
_PREFERRED = ("everyday", "cnn")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class ModelStore:
    """The models in a folder, and those that are shipped.

    Args:
        root: the folder; it need not exist yet.
        shipped: a folder of models that are here too and are never written to: a model of the same
            name in ``root`` goes before.
    """

    def __init__(self, root: Path, shipped: Path | None = None) -> None:
        self.root, self._shipped = root, shipped

    def names(self) -> list[str]:
        """List the names of all models, usable or not, in alphabetical order."""
        folders = filter(None, (self.root, self._shipped))
        names = {path.name for folder in folders for path in folder.glob("*")}
        return sorted(filter(_NAME.fullmatch, names))

    def folder(self, name: str) -> Path:
        """Return the folder of a model, or where it would be."""
        own = self.root / name
        return own if own.exists() or not self._shipped else self._shipped / name

    def entries(self) -> list[Entry]:
        """List all models, each with its card or with what is wrong with it."""
        return [self.entry(name) for name in self.names()]

    def entry(self, name: str) -> Entry:
        """Read one model's card and check its file of record, without loading it."""
        return read_entry(self.folder(name))

    def version(self) -> tuple[tuple[str, int], ...]:
        """Tell cheaply whether anything changed: a number for each model, of its files' stamps."""
        return tuple((name, hash(stamps(self.folder(name)))) for name in self.names())

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
        return read_rows(self.folder(name) / HISTORY)

    @staticmethod
    def check_name(name: str) -> None:
        """Raise ModelError if a model cannot have that name."""
        if not _NAME.fullmatch(name):
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
        with replacing_folder(self.root / name) as folder:
            model.save(folder / MODEL)
            files = [MODEL]
            if exports_twins():
                export_twin(model, folder / TWIN)
                files.append(TWIN)
            write_rows(folder / HISTORY, history)
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
        with replacing_folder(self.root / name) as new:
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
        with adding_files(self.own_folder(name), last=CARD) as folder:
            card.write(folder / CARD)
        return card

    def load_keras(self, name: str) -> "keras.Model":
        """Load the file of record, in safe mode: code inside a model file is refused.

        This imports TensorFlow (seconds). To predict, use a ``Classifier`` of the ``twin``.

        Raises:
            ModelError: if the model cannot be used.
        """
        self.card(name)
        return load_keras(self.folder(name) / MODEL)

    def twin(self, name: str) -> Path:
        """Return the path of the compiled twin; a missing one is made, in a process of its own.

        Raises:
            ModelError: if the model cannot be used, or the twin cannot be made.
        """
        card, path = self.card(name), self.folder(name) / TWIN
        if path.is_file() and sha256(path) == card.sha256.get(TWIN):
            return path
        path = self.own_folder(name) / TWIN
        made = subprocess.run(
            [sys.executable, "-m", "fmnist", "export", name],
            env=settings.subprocess_environment(
                FMNIST_MODELS_DIR=str(self.root.resolve()), KERAS_BACKEND="tensorflow"
            ),
            capture_output=True,
            text=True,
            check=False,
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
        card, own = self.card(name), self.own_folder(name)
        with adding_files(own, last=CARD) as folder:
            export_twin(self.load_keras(name), folder / TWIN)
            sums = {**card.sha256, TWIN: sha256(folder / TWIN)}
            replace(card, sha256=sums).write(folder / CARD)
        return own / TWIN

    def own_folder(self, name: str) -> Path:
        """Return the folder of a model to write to: one that is shipped is copied first."""
        own = self.root / name
        if not own.exists():
            self.adopt(self.folder(name), name)
        return own


def default_store() -> ModelStore:
    """Return the store of ``FMNIST_MODELS_DIR``, by default with the models that are shipped."""
    return ModelStore(settings.models_folder(), settings.shipped_models())


def preferred(names: Sequence[str]) -> str:
    """Return who of these predicts if nobody is chosen; there is at least one."""
    return next((name for name in _PREFERRED if name in names), names[0])
