"""Answers as the rows of a table: what files show, a row each or one for each garment."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from platform import node

from fmnist.datasets import DATASETS
from fmnist.inference.ensemble import Ensemble, Prediction, twins
from fmnist.inference.garments import read_garments
from fmnist.models import Card, ModelError, ModelStore, default_store
from fmnist.preprocessing import READERS, InputError, ModelInputs, decode_photo
from fmnist.preprocessing.decode import MAX_BYTES
from fmnist.preprocessing.readers import Reader, nothing_stands_out

_OOD_COLUMNS = ("verdict", "unfamiliarity")
# Of photos: how clearly the garment stands out, 0–1, and whether it is one of several things, yes
# or no. They stand last, so that the other columns are where they were.
_MASK_COLUMNS = ("mask_confidence", "several_things")

# The others hold numbers.
TEXT_COLUMNS = frozenset({"label", "verdict", "error", "several_things"})

# Of each garment: which it is, the first being the largest in the middle; the box around it and how
# much of the picture it covers, as shares.
_GARMENT_COLUMNS = ("garment", "left", "top", "right", "bottom", "share")

# From a file's content to what is asked about, each with its cells of ``_GARMENT_COLUMNS``.
_Read = Callable[[bytes, str], list[tuple[ModelInputs, Prediction, list[str]]]]


def about(store: ModelStore, model: str, kind: str, each: bool) -> dict[str, str]:
    """Return what answers depend on beside the files, for ``answering`` on any machine.

    Args:
        store: where the model is.
        model: its name.
        kind: of picture, one of ``READERS``.
        each: whether every garment in a photo gets a row.

    Raises:
        ModelError: if the model cannot be used.
    """
    rows = "a garment" if each else "a picture"
    return {"model": model, "kind": kind, "a row for": rows, **twins(store, model)}


def columns(about: dict[str, str]) -> list[str]:
    """Return the names of the cells of a row."""
    class_names = DATASETS[default_store().card(about["model"]).dataset].class_names
    first = ["label", "probability", *class_names, *_OOD_COLUMNS, "error"]
    return [*first, *_MASK_COLUMNS, *(_GARMENT_COLUMNS if _each(about) else ())]


def answering(about: dict[str, str]) -> Callable[[Path], list[list[str]]]:
    """Load the models, and return what makes the rows of a file; one, if it cannot be read.

    Raises:
        ModelError: if the models here are others than those that it is about.
    """
    store, kind, model = default_store(), about["kind"], about["model"]
    if not about.items() >= twins(store, model).items():
        raise ModelError(f"The model {model} in {store.root} is another one on {node()}.")
    card, ensemble = store.card(model), Ensemble.load(store, model, flips=kind != "image")
    whole = partial(_whole, ensemble, READERS[kind])
    read = partial(_every_garment, ensemble) if _each(about) else whole
    width = len(columns(about))
    return lambda path: list(_rows(path, read, card, width))


def _each(about: dict[str, str]) -> bool:
    return about["a row for"] == "a garment"


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
