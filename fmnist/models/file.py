"""A model's files: what can be told of them, and made of them, without the store."""

import json
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fmnist.models.card import ModelError

if TYPE_CHECKING:
    import keras


# Of a model's description; the largest here has 100,000.
_MOST_BYTES = 10_000_000

# What reading a file of another form can end in.
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError, RuntimeError)


def declared_shapes(path: Path) -> tuple[list[int], int | None]:
    """Read (image shape, number of classes) from a .keras archive, without loading the model.

    Raises:
        ModelError: if the file is no such archive, or safe mode would refuse to load it.
    """
    parts: list[dict[str, Any]] = []

    def note(part: dict[str, Any]) -> dict[str, Any]:
        parts.append(part)
        return part

    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("config.json").file_size > _MOST_BYTES:
                raise ValueError("its config.json is too large")
            config = json.loads(archive.read("config.json"), object_hook=note)
        layers = config["config"]["layers"]
        shape = [int(side) for side in layers[0]["config"]["batch_shape"][1:]]
        # The last layer with weights is dense, or a convolution whose mean goes to the softmax; one
        # called activation is that even where a decoder for pixels comes after it.
        parts = [layer["config"] for layer in layers]
        units = {part.get("name"): part.get("units", part.get("filters")) for part in parts}
        given = [int(n) for n in units.values() if n is not None]
        outputs = units.get("activation") or next(reversed(given), None)
        foreign = sorted({str(part["class_name"]) for part in parts if _is_foreign(part)})
    except (OSError, zipfile.BadZipFile, zlib.error, *_MALFORMED) as error:
        raise ModelError(f"{path.name} is not a Keras model: {error!r}") from None
    if foreign:
        raise ModelError(
            f"{path.name} has parts that are code of their own, which is not run: "
            f"{', '.join(foreign)}."
        )
    return shape, outputs


def _is_foreign(part: dict[str, Any]) -> bool:
    """Tell whether a part of a model's configuration is not Keras's own, or carries code."""
    if "class_name" not in part:
        return False
    package = str(part.get("module") or "keras").split(".")[0]
    return package != "keras" or part["class_name"] in ("Lambda", "__lambda__")


def load_keras(path: Path) -> "keras.Model":
    """Load a .keras file in safe mode: code inside a model file is refused.

    This imports TensorFlow (seconds).
    """
    import keras

    return keras.saving.load_model(path, compile=False, safe_mode=True)


def exports_twins() -> bool:
    """Tell whether Keras runs on TensorFlow here, the backend whose models it compiles."""
    import keras

    return keras.config.backend() == "tensorflow"


def export_twin(model: "keras.Model", path: Path) -> None:
    """Compile a Keras model into a LiteRT file, by Keras's own export.

    The weights of a model with class activation, which is a photo model and ten times as large as
    others, are kept in half precision: half the bytes, and probabilities within some thousandths.
    """
    options: dict[str, Any] = {}
    if len(model.outputs) > 1:
        import tensorflow as tf

        options["optimizations"] = [tf.lite.Optimize.DEFAULT]
        options["target_spec"] = {"supported_types": [tf.float16]}
    model.export(path, format="litert", verbose=False, **options)
