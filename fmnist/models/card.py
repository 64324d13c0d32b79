"""A model's card: what it is, for people and for programs."""

import json
import math
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_type_hints

from fmnist.typed_json import fits


class ModelError(Exception):
    """A model that cannot be used; its text is the sentence to show."""


def machine() -> str:
    """Describe this machine: its cores, its system, and its GPU if it has one of Nvidia's."""
    parts = [f"{os.cpu_count()} cores", f"{platform.system()} {platform.machine()}", *_gpus()]
    return ", ".join(parts)


def _gpus() -> list[str]:
    command = shutil.which("nvidia-smi")
    if command is None:
        return []
    query = [command, "--query-gpu=name", "--format=csv,noheader"]
    # It is there and fails where a driver is missing: then there is no GPU to speak of.
    said = subprocess.run(query, capture_output=True, text=True, check=False, timeout=20)
    return [] if said.returncode else [line.strip() for line in said.stdout.splitlines()]


@dataclass(frozen=True)
class Card:
    """What a model is, for people and for programs.

    Attributes:
        dataset: name of the data set, a key of ``DATASETS``.
        architecture: name of the network, a key of ``ARCHITECTURES``.
        shape: of what it takes, one of ``preprocessing.SHAPES``: an image of the data set,
            or a photo in colour.
        parameters: number of weights, those that are not trained included.
        configuration: how it was trained, as ``python -m fmnist train`` was told.
        split: number of images by use: train, validation, test.
        metrics: what was measured, by name: ``test_accuracy`` (0–1), ``test_loss`` (nats),
            ``dead_units`` of ``relu_units``, see ``evaluation.dead_units``,
            ``class_accuracy/Shirt`` of a class, ``seed_accuracy/1`` of a run with that seed, …
            Of photos by source, as ``photo_balanced_accuracy/street boxes``, without a source of a
            folder of kinds: ``photo_balanced_accuracy``, the mean of the classes, or of photos of
            people ``photo_worn``, the share whose answer they wear; with the number of photos in it
            ``photo_n``, and its 95 % interval, ``photo_interval_low`` to ``photo_interval_high``;
            ``photo_shoes``, the mean of the kinds of shoes; ``photo_auroc``, how well the
            ``photo_none_n`` photos of none of the classes are told by the OOD score;
            ``photo_none_unfamiliar``, the share of them that is called so, and
            ``photo_unfamiliar``, that of the others; ``photo_image_alone`` and
            ``photo_photo_alone``, the mean of the classes of each of two models alone. Of the
            ``pixel_n`` photos with masks, seen once and not from closer, as intersection over
            union: ``pixel_iou_garment``, a garment of the classes against all else,
            ``pixel_iou_worn``, any garment, and ``pixel_iou/Coat`` of a class.
        command: the command line that makes it again.
        weights: how it predicts a photo together with the photo model: the powers of its own
            probabilities and of that one's, whose product is the ensemble's.
        sources: what it learnt from beside the data set, each with ``name``, ``what`` that is and
            its ``licence``.
        temperature: what its probabilities are tempered by, so that they are what they say.
        ood_threshold: an image with a higher OOD score shows none of the classes; None if the model
            was shown nothing else and cannot tell.
        versions: versions of the libraries that trained it.
        machine: what trained it; empty if that was not written down.
        date: when it was saved, ISO 8601, UTC.
        sha256: the SHA-256 of each model file, by file name.
    """

    dataset: str
    architecture: str
    parameters: int
    configuration: Mapping[str, Any]
    split: Mapping[str, int]
    metrics: Mapping[str, float]
    command: str = ""
    shape: tuple[int, ...] = (28, 28)
    weights: tuple[float, float] = (0.5, 0.5)
    sources: tuple[Mapping[str, str], ...] = ()
    temperature: float = 1.0
    ood_threshold: float | None = None
    versions: Mapping[str, str] = field(
        default_factory=lambda: {name: version(name) for name in ("tensorflow", "keras", "numpy")}
    )
    machine: str = field(default_factory=machine)
    date: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    sha256: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Card":
        """Read a card from its file.

        Raises:
            ModelError: if there is none or it is not a card.
        """
        try:
            # An older card does not say its machine, which is not the one that reads it.
            values = {"machine": ""} | json.loads(path.read_text(encoding="utf-8"))
            if "unfamiliar_above" in values:  # as an older one calls it
                values.setdefault("ood_threshold", values.pop("unfamiliar_above"))
            values |= {name: tuple(values.get(name, getattr(cls, name))) for name in _TUPLES}
            # Another version may have written more.
            card = cls(
                **{each.name: values[each.name] for each in fields(cls) if each.name in values}
            )
        except FileNotFoundError:
            raise ModelError(
                f"{path.name} is missing, so nobody knows what it was trained on."
            ) from None
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise ModelError(f"{path.name} cannot be read: {error}") from None
        for name, kind in get_type_hints(cls).items():
            if not fits(value := getattr(card, name), kind):
                raise ModelError(f"{path.name} is not a card: its {name} is {_shown(value)}.")
        if not 0 < card.temperature < math.inf:
            raise ModelError(f"{path.name} is not a card: its temperature is {card.temperature}.")
        try:
            datetime.fromisoformat(card.date)
        except ValueError:
            raise ModelError(
                f"{path.name} is not a card: its date is {_shown(card.date)}."
            ) from None
        return card

    @property
    def takes_photos(self) -> bool:
        """Whether it looks at photos alone, beside a model that looks at 28×28 pixels."""
        return self.shape != (28, 28)

    def metrics_of(self, prefix: str) -> dict[str, float]:
        """Return the metrics ``prefix/…`` by what follows: the classes, say, or the seeds."""
        start = f"{prefix}/"
        return {k.removeprefix(start): v for k, v in self.metrics.items() if k.startswith(start)}

    def write(self, path: Path) -> None:
        """Write the card as JSON."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


# What JSON has as lists.
_TUPLES = ("shape", "weights", "sources")
# Characters of what is wrong that a sentence repeats.
_SHOWN = 80


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
