"""A model's folder: its files, and whether they are what its card says.

``model.keras`` is the file of record, ``model.tflite`` its compiled twin, ``card.json`` says what
it is and holds the SHA-256 of both, and ``history.csv`` is how its training went. Those that are
shipped have ``test_outputs.npz`` too, what they say of the test images, ``robustness.json``, how
many they get right of changed ones, and ``features.npz``, an index of their features of the
training images; the one that predicts by default also has ``embedding.npz``, all images laid out
in the plane by its features.
"""

from dataclasses import dataclass
from pathlib import Path

from fmnist.datasets import DATASETS
from fmnist.models.card import Card, ModelError
from fmnist.models.file import declared_shapes
from fmnist.preprocessing import SHAPES
from fmnist.storage import sha256

MODEL, TWIN, CARD, HISTORY = "model.keras", "model.tflite", "card.json", "history.csv"
OUTPUTS, FEATURES, ROBUSTNESS = "test_outputs.npz", "features.npz", "robustness.json"
EMBEDDING = "embedding.npz"


@dataclass(frozen=True)
class Entry:
    """A model as it is listed: usable if ``problem`` is empty, otherwise with the reason why not.

    ``card`` is None only where the card itself is the problem.
    """

    name: str
    card: Card | None
    problem: str = ""

    @property
    def selectable(self) -> bool:
        """Whether it can be chosen to predict: it is usable, and looks at more than photos."""
        return self.card is not None and not self.problem and not self.card.takes_photos


def read_entry(folder: Path) -> Entry:
    """Read the card in a model's folder and check its file of record, without loading it."""
    card = None
    try:
        card = Card.read(folder / CARD)
        _check(folder / MODEL, card)
    except ModelError as error:
        return Entry(folder.name, card, str(error))
    return Entry(folder.name, card)


def _check(path: Path, card: Card) -> None:
    """Raise ModelError if the file of record is not what the card says or we can use."""
    if card.dataset not in DATASETS:
        known = ", ".join(DATASETS)
        raise ModelError(f"it was trained on {card.dataset!r}; this app knows {known}.")
    if not path.is_file():
        raise ModelError(f"{MODEL} is missing; only .keras files can be used.")
    if sha256(path) != card.sha256.get(MODEL):
        raise ModelError(f"{MODEL} is damaged: its SHA-256 is not the one on the card.")
    if card.shape not in SHAPES:
        known = " or ".join(map(str, map(list, SHAPES)))
        raise ModelError(f"expected a model from {known} pixels; its card says {list(card.shape)}.")
    num_classes = len(DATASETS[card.dataset].class_names)
    shape, outputs = declared_shapes(path)
    # One more than there are classes is the probability of none of them.
    if tuple(shape) != card.shape or outputs not in (num_classes, num_classes + 1):
        raise ModelError(
            f"expected a model from {list(card.shape)} pixels to {num_classes} classes; "
            f"{MODEL} goes from {shape} to {outputs}."
        )
