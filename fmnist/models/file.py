"""A model's files: what can be told of them, and made of them, without the store."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from fmnist.models.card import ModelError

if TYPE_CHECKING:
    import keras


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def declared_shapes(path: Path) -> tuple[list[int | None], int | None]:
    """Read (image shape, number of classes) from a .keras archive, without loading the model.

    Raises:
        ModelError: if the file is no such archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            layers = json.loads(archive.read("config.json"))["config"]["layers"]
        shape = layers[0]["config"]["batch_shape"][1:]
        units = [layer["config"].get("units") for layer in layers]
        return shape, next((n for n in reversed(units) if n is not None), None)
    except (OSError, zipfile.BadZipFile, LookupError, TypeError, ValueError) as error:
        raise ModelError(f"{path.name} is not a Keras model: {error!r}") from None


def load_keras(path: Path) -> "keras.Model":
    """Load a .keras file in safe mode: code inside a model file is refused.

    This imports TensorFlow (seconds).
    """
    import keras

    return keras.saving.load_model(path, compile=False, safe_mode=True)


def export_twin(model: "keras.Model", path: Path) -> None:
    """Compile a Keras model into a LiteRT file, by Keras's own export."""
    model.export(path, format="litert", verbose=False)
